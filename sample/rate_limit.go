// Package limit lets through as many events as a bucket of tokens allows.
package limit

import (
	"errors"
	"sync"
	"time"
)

// ErrTooLarge says that a request asks for more than the bucket can ever hold.
var ErrTooLarge = errors.New("limit: request is larger than the bucket")

// Bucket holds up to Size tokens and gets Rate new ones each second.
type Bucket struct {
	Size float64
	Rate float64

	mu     sync.Mutex
	tokens float64
	last   time.Time
}

// Take removes n tokens and returns how long to wait until they are there.
func (b *Bucket) Take(n float64, now time.Time) (time.Duration, error) {
	if n > b.Size {
		return 0, ErrTooLarge
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.refill(now)
	b.tokens -= n
	if b.tokens >= 0 {
		return 0, nil
	}
	return time.Duration(-b.tokens / b.Rate * float64(time.Second)), nil
}

func (b *Bucket) refill(now time.Time) {
	if b.last.IsZero() {
		b.tokens = b.Size
	} else if elapsed := now.Sub(b.last).Seconds(); elapsed > 0 {
		b.tokens = min(b.Size, b.tokens+elapsed*b.Rate)
	}
	b.last = now
}
