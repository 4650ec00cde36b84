import ipaddr from 'ipaddr.js';

/** ::/96 once carried IPv4 addresses (RFC 4291, 2.5.5.1); nothing public lies there. */
const IPV4_COMPATIBLE = new ipaddr.IPv6([0, 0, 0, 0, 0, 0, 0, 0]);
const IPV4_COMPATIBLE_BITS = 96;

/** Public by range, but only ever answered by the machine's own host: the metadata service of Azure. */
const HOST_SERVICES = ['168.63.129.16'];

/**
 * Is `address` (a literal, brackets allowed) anything but a public unicast address? Forms of IPv6
 * that carry an IPv4 address (mapped, NAT64, 6to4) are judged by that address; what cannot be
 * parsed is not public.
 */
export function isPrivateAddress(address: string): boolean {
  const text = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (!ipaddr.isValid(text)) return true;
  const parsed = ipaddr.parse(text);
  if (parsed.kind() === 'ipv4') return isPrivateIPv4(parsed as ipaddr.IPv4);
  const bytes = parsed.toByteArray();
  switch (parsed.range()) {
    case 'unicast':
      return (parsed as ipaddr.IPv6).match(IPV4_COMPATIBLE, IPV4_COMPATIBLE_BITS);
    case 'ipv4Mapped':
    case 'rfc6052':
    case 'rfc6145':
      return isPrivateIPv4(new ipaddr.IPv4(bytes.slice(12)));
    case '6to4':
      return isPrivateIPv4(new ipaddr.IPv4(bytes.slice(2, 6)));
    default:
      return true;
  }
}

const isPrivateIPv4 = (address: ipaddr.IPv4): boolean =>
  address.range() !== 'unicast' || HOST_SERVICES.includes(address.toString());

/** Host names that can only mean this machine or its network; the rest is judged once it is connected. */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, '');
  if (host.startsWith('[') || ipaddr.isValid(host)) return isPrivateAddress(host);
  return /(^|\.)(localhost|local|internal|home\.arpa)$/.test(host);
}
