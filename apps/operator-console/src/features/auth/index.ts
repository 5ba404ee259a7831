export { ChangePassword } from './change-password.tsx'
export { PASSWORD_MIN } from './password.ts'
export { SignIn } from './sign-in.tsx'
