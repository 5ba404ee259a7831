export { ChangePassword } from './change-password.tsx'
export { FirstPassword } from './first-password.tsx'
export { PASSWORD_MIN } from './password.ts'
export { SignIn } from './sign-in.tsx'
