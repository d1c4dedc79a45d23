import { defineEntity, p } from '@mikro-orm/core';

const CustomerTable = defineEntity({
  name: 'Customer',
  tableName: 'customers',
  properties: {
    id: p.uuid().primary(),
    email: p.text(),
    firstName: p.text().nullable(),
    lastName: p.text().nullable(),
    phone: p.text().nullable(),
    locale: p.text(),
    defaultShippingAddressId: p.uuid().nullable(),
    defaultBillingAddressId: p.uuid().nullable(),
    version: p.integer(),
  },
});
export class Customer extends CustomerTable.class {}
CustomerTable.setClass(Customer);

const AddressTable = defineEntity({
  name: 'Address',
  tableName: 'addresses',
  properties: {
    id: p.uuid().primary(),
    customerId: p.uuid(),
    name: p.text(),
    line1: p.text(),
    line2: p.text().nullable(),
    city: p.text(),
    region: p.text().nullable(),
    postalCode: p.text(),
    country: p.text(),
    phone: p.text().nullable(),
  },
});
export class Address extends AddressTable.class {}
AddressTable.setClass(Address);
