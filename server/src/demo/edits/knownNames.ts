/** Where names of the standard libraries come from: the ones that are forgotten most. */

type Shelf = 'script' | 'python' | 'go' | 'rust' | 'c';

/** A module, a path or a whole statement, as the language takes it; undefined for what is not in the list. */
export function knownHome(shelf: Shelf, name: string): string | undefined {
  return shelves[shelf].get(name);
}

const script: ReadonlyMap<string, string> = new Map(
  'fs path os crypto http util assert url zlib events'.split(' ').map((name) => [name, `node:${name}`] as const),
);

const python: ReadonlyMap<string, string> = new Map([
  ...'os sys re json math time random datetime collections itertools functools pathlib subprocess logging typing asyncio argparse csv io copy shutil string threading uuid hashlib base64 contextlib dataclasses enum abc decimal statistics tempfile textwrap traceback operator socket struct sqlite3 urllib glob heapq bisect unittest'
    .split(' ')
    .map((name) => [name, `import ${name}`] as const),
  ...'Path=pathlib defaultdict=collections Counter=collections deque=collections OrderedDict=collections namedtuple=collections partial=functools lru_cache=functools wraps=functools reduce=functools dataclass=dataclasses field=dataclasses Enum=enum Any=typing Optional=typing List=typing Dict=typing Callable=typing Iterable=typing Iterator=typing Union=typing Tuple=typing Decimal=decimal timedelta=datetime contextmanager=contextlib ABC=abc abstractmethod=abc chain=itertools sleep=time'
    .split(' ')
    .map((entry) => entry.split('='))
    .map(([name = '', module = '']) => [name, `from ${module} import ${name}`] as const),
]);

const go = pairs(
  'fmt=fmt errors=errors strings=strings os=os time=time strconv=strconv sort=sort sync=sync io=io math=math bytes=bytes context=context bufio=bufio log=log regexp=regexp unicode=unicode reflect=reflect slices=slices maps=maps atomic=sync/atomic http=net/http json=encoding/json filepath=path/filepath rand=math/rand url=net/url utf8=unicode/utf8 testing=testing',
);

const rust = pairs(
  'HashMap=std::collections::HashMap HashSet=std::collections::HashSet BTreeMap=std::collections::BTreeMap BTreeSet=std::collections::BTreeSet VecDeque=std::collections::VecDeque Arc=std::sync::Arc Mutex=std::sync::Mutex RwLock=std::sync::RwLock Rc=std::rc::Rc RefCell=std::cell::RefCell Cell=std::cell::Cell Duration=std::time::Duration Instant=std::time::Instant Path=std::path::Path PathBuf=std::path::PathBuf File=std::fs::File Read=std::io::Read Write=std::io::Write fmt=std::fmt io=std::io fs=std::fs mem=std::mem env=std::env Ordering=std::cmp::Ordering FromStr=std::str::FromStr',
);

const c: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'stdio.h':
      'printf fprintf sprintf snprintf puts putchar scanf sscanf fopen fclose fgets fputs fread fwrite getchar perror FILE stderr stdout stdin',
    'stdlib.h': 'malloc calloc realloc free exit abort atoi atof strtol strtod qsort rand srand getenv abs',
    'string.h':
      'strlen strcmp strncmp strcpy strncpy strcat strchr strrchr strstr strdup strtok memcpy memmove memset memcmp',
    'math.h': 'sqrt pow floor ceil fabs sin cos tan log exp fmod round',
    'ctype.h': 'isdigit isalpha isalnum isspace isupper islower toupper tolower',
    'stdbool.h': 'bool true false',
    'stdint.h': 'uint8_t uint16_t uint32_t uint64_t int8_t int16_t int32_t int64_t uintptr_t',
    'stddef.h': 'size_t NULL ptrdiff_t',
    'assert.h': 'assert',
    'errno.h': 'errno',
    'time.h': 'time clock time_t',
    'unistd.h': 'read write close sleep usleep',
  }).flatMap(([header, names]) => names.split(' ').map((name) => [name, header] as const)),
);

const shelves: Readonly<Record<Shelf, ReadonlyMap<string, string>>> = { script, python, go, rust, c };

function pairs(text: string): ReadonlyMap<string, string> {
  return new Map(
    text
      .split(' ')
      .map((entry) => entry.split('='))
      .map(([name = '', home = '']) => [name, home] as const),
  );
}
