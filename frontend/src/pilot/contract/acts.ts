/** What a treasurer does about a payment. */
export type Act = 'receive' | 'void' | 'decide';
