/**
 * The checks of a request by name, in the order in which they are made; the first that fails is answered. Before them
 * come the HTTP server's own: path (404), method (405), size (413). The order is the sandbox's choice; the pages have none.
 *
 * 1. `content-type`                               check-headers.ts
 * 2. `header.<name>.presence|once|length|form`    header by header, as the pages list them
 * 3. `header.X-KM-User-AspId.known`, `header.X-KM-Access-Key.known`, `token`, `header.X-KM-Crypto-Key-Id.known`
 * 4. `body.json`, `body.encrypted`                open-body.ts
 * 5. `parameter.<path>.presence|type|length|form|range|enum|items`   check-parameters.ts, `list[].name` for example
 *
 * Who calls and whether the bytes are untouched is settled before a byte of the body is read.
 */
export type Check =
  | 'content-type'
  | `header.${string}.${'presence' | 'once' | 'length' | 'form' | 'known'}`
  | 'token'
  | 'body.json'
  | 'body.encrypted'
  | `parameter.${string}.${ParameterAspect}`;

export type ParameterAspect = 'presence' | 'type' | 'length' | 'form' | 'range' | 'enum' | 'items';
