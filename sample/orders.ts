interface Order {
  id: string;
  country: string;
  items: { sku: string; price: number; quantity: number }[];
  coupon?: string;
  express?: boolean;
}

// Grown over the years; nobody likes to touch it.
export function total(order: Order): number {
  let sum = 0;
  for (const item of order.items) {
    if (item.quantity > 0) {
      if (item.quantity >= 10) {
        sum += item.price * item.quantity * 0.9;
      } else {
        sum += item.price * item.quantity;
      }
    }
  }
  if (order.coupon) {
    if (order.coupon.startsWith('P')) {
      sum = sum * (1 - Number(order.coupon.slice(1)) / 100);
    } else if (order.coupon.startsWith('F')) {
      sum = sum - Number(order.coupon.slice(1));
      if (sum < 0) sum = 0;
    }
  }
  if (order.express) sum += 15;
  else if (sum < 50) sum += 5;
  switch (order.country) {
    case 'DE':
      sum *= 1.19;
      break;
    case 'FR':
      sum *= 1.2;
      break;
    case 'CH':
      sum *= 1.081;
      break;
  }
  return Math.round(sum * 100) / 100;
}
