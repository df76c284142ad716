package dev.plumbline.controller.spec;

/**
 * How many objects one plan may delete without a confirmation. Both bounds hold; collection of old template versions is not
 * counted.
 *
 * @param count most objects
 * @param percent most of what is owned, 0 to 100; one object is always within it
 */
public record DeletionBudget(int count, int percent) {

    /** No bound. */
    public static final DeletionBudget UNLIMITED = new DeletionBudget(Integer.MAX_VALUE, 100);

    /** Ten objects and half of what is owned. */
    public static final DeletionBudget STANDARD = new DeletionBudget(10, 50);

    /** Whether so many deletions out of so many owned objects need no confirmation. */
    public boolean admits(int deletions, int owned) {
        return deletions <= count && (deletions <= 1 || deletions * 100L <= (long) percent * owned);
    }
}
