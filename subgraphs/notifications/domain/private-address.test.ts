import { describe, expect, test } from 'vitest';

import { isPrivateAddress } from './private-address.ts';

describe('addresses that lie inside', () => {
  test.each([
    '127.0.0.1', '127.255.0.9', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0',
    '224.0.0.1', '255.255.255.255', '198.18.0.1', '192.0.2.1', '::', '::1', '::7f00:1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:10.0.0.1',
    'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd12:3456::1', 'ff02::1', '64:ff9b::7f00:1', '64:ff9b::169.254.169.254', '2002:7f00:1::', '2001:db8::1',
    '2001::1', 'fec0::1', '100::1', 'not an address', '', '1.2.3', '1.2.3.999', ':::', '1::2::3',
  ])('%s', address => {
    expect(isPrivateAddress(address)).toBe(true);
  }); // prettier-ignore
});

describe('addresses out in the world', () => {
  test.each([
    '1.1.1.1', '8.8.8.8', '172.15.255.255', '172.32.0.1', '192.167.1.1', '11.0.0.1', '2606:4700::1111', '2a00:1450:4001:82a::200e',
    '::ffff:8.8.8.8', '64:ff9b::808:808', '2002:808:808::1',
  ])('%s', address => {
    expect(isPrivateAddress(address)).toBe(false);
  }); // prettier-ignore
});
