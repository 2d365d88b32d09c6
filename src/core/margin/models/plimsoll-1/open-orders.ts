import { add, compare, isNegative, isPositive, isZero, larger, negate, subtract } from '../../../quantity/arithmetic.ts'
