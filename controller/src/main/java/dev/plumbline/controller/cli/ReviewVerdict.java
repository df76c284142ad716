package dev.plumbline.controller.cli;

import dev.plumbline.registry.diff.ObjectChange;
import dev.plumbline.registry.review.EnvironmentReview;
import dev.plumbline.registry.review.Review;
import dev.plumbline.registry.template.Bump;
import java.util.ArrayList;
import java.util.List;

/** The verdict of a review in one line. */
final class ReviewVerdict {

    private ReviewVerdict() {}

    /** What blocks; else what changes. */
    static String of(Review review) {
        return String.join(", ", review.blocked() ? blocking(review) : changing(review));
    }

    private static List<String> blocking(Review review) {
        List<String> parts = new ArrayList<>();
        int broken = (int) review.environments().stream()
                .filter(environment -> !environment.brokenAfter().isEmpty())
                .count();
        int denials = review.denied().size() + review.stillDenied().size();
        int errors = (int) review.added().stream()
                .filter(finding -> finding.what().isError())
                .count();
        int consumers = review.brokenConsumers().size();
        add(parts, broken, "environment", broken == 1 ? " does not render" : " do not render");
        add(parts, denials, "denial", " by policies");
        add(parts, errors, "new error", "");
        add(parts, consumers, "use", " of templates" + (consumers == 1 ? " breaks" : " break"));
        return parts;
    }

    private static List<String> changing(Review review) {
        List<List<ObjectChange>> changed = review.environments().stream()
                .map(EnvironmentReview::changes)
                .filter(changes -> !changes.isEmpty())
                .toList();
        List<String> parts = new ArrayList<>();
        int objects = changed.stream().mapToInt(List::size).sum();
        int all = review.environments().size();
        parts.add(
                objects == 0
                        ? "no rendered change in " + count(all, "environment")
                        : count(objects, "object") + (objects == 1 ? " changes" : " change") + " in " + changed.size()
                                + " of " + count(all, "environment"));
        int major = (int) review.templates().stream()
                .filter(template -> template.what().bump() == Bump.MAJOR)
                .count();
        add(parts, major, "template", (major == 1 ? " needs" : " need") + " a major version");
        add(parts, review.added().size(), "new finding", "");
        add(parts, review.fixed().size(), "finding", " fixed");
        return parts;
    }

    private static void add(List<String> parts, int number, String what, String rest) {
        if (number > 0) {
            parts.add(count(number, what) + rest);
        }
    }

    /** {@code 1 finding}, {@code 2 findings}. */
    static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
