/** How many requests may be sent a second time: so many that a break is survived, so few that an outage is not made worse. */
export type RetryBudget = {
  /** A request was answered; ten of them pay for one repetition. */
  earn(): void;
  /** Takes one repetition; false when there is none left. */
  take(): boolean;
};

const SHARE = 0.1;

/** A bucket that holds `most`, and `first` to begin with. `onTake` hears of each repetition. */
export function createRetryBudget(first: number, most: number, onTake: () => void): RetryBudget {
  let left = first;
  return {
    earn: () => {
      if (left < most) left += SHARE;
    },
    take: () => {
      if (left < 1) return false;
      left -= 1;
      onTake();
      return true;
    },
  };
}
