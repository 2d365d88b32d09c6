import { answerMutants } from './mutants/answer-mutants.ts'
import { calibrationMutants } from './mutants/calibration-mutants.ts'
import { clearingMutants } from './mutants/clearing-mutants.ts'
import { collateralMutants } from './mutants/collateral-mutants.ts'
import { coreMutants } from './mutants/core-mutants.ts'
import { epochMutants } from './mutants/epoch-mutants.ts'
import { lineMutants } from './mutants/line-mutants.ts'
import { modelMutants } from './mutants/model-mutants.ts'
import type { Mutant } from './mutants/mutant.ts'
import { pageMutants } from './mutants/page-mutants.ts'
import { pricingMutants } from './mutants/pricing-mutants.ts'
import { productMutants } from './mutants/product-mutants.ts'
import { rampMutants } from './mutants/ramp-mutants.ts'
import { requirementMutants } from './mutants/requirement-mutants.ts'
import { replayMutants } from './mutants/replay-mutants.ts'
import { searchMutants } from './mutants/search-mutants.ts'
import { seamMutants } from './mutants/seam-mutants.ts'
import { shellMutants } from './mutants/shell-mutants.ts'

export const mutants: readonly Mutant[] = [
  ...answerMutants,
  ...calibrationMutants,
  ...coreMutants,
  ...clearingMutants,
  ...collateralMutants,
  ...lineMutants,
  ...modelMutants,
  ...requirementMutants,
  ...epochMutants,
  ...pageMutants,
  ...pricingMutants,
  ...productMutants,
  ...rampMutants,
  ...replayMutants,
  ...searchMutants,
  ...seamMutants,
  ...shellMutants,
]
