import { clearingMutants } from './mutants/clearing-mutants.ts'
import { collateralMutants } from './mutants/collateral-mutants.ts'
import { coreMutants } from './mutants/core-mutants.ts'
import { epochMutants } from './mutants/epoch-mutants.ts'
import { lineMutants } from './mutants/line-mutants.ts'
import { modelMutants } from './mutants/model-mutants.ts'
import type { Mutant } from './mutants/mutant.ts'
import { pricingMutants } from './mutants/pricing-mutants.ts'
import { productMutants } from './mutants/product-mutants.ts'
import { rampMutants } from './mutants/ramp-mutants.ts'
import { seamMutants } from './mutants/seam-mutants.ts'
import { shellMutants } from './mutants/shell-mutants.ts'

export const mutants: readonly Mutant[] = [
  ...coreMutants,
  ...clearingMutants,
  ...collateralMutants,
  ...lineMutants,
  ...modelMutants,
  ...epochMutants,
  ...pricingMutants,
  ...productMutants,
  ...rampMutants,
  ...seamMutants,
  ...shellMutants,
]
