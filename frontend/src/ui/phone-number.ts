/** A French number in pairs, "01 99 00 12 34", from +33199001234 as well; any other stays as it is. */
export function pairs(phone: string): string {
  const digits = phone.replace(/[^\d+]/g, '').replace(/^(\+33|0033)0?/, '0');
  return /^0\d{9}$/.test(digits) ? digits.replace(/(\d\d)(?=\d)/g, '$1 ') : phone;
}
