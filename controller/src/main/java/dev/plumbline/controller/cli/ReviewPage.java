package dev.plumbline.controller.cli;

import dev.plumbline.registry.diff.ObjectChange;
import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.review.Review;
import dev.plumbline.registry.review.Shared;
import dev.plumbline.registry.review.SuppressedFinding;
import dev.plumbline.registry.review.TouchedModel;
import dev.plumbline.registry.review.TouchedSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a review says to people: the verdict, then what blocks, then what else is good to know, then what changes. */
final class ReviewPage {

    private static final int MAX_NAMED = 5;

    private final Review review;
    private final ReviewForm form;

    private ReviewPage(Review review, ReviewForm form) {
        this.review = review;
        this.form = form;
    }

    /**
     * Lays out a review.
     *
     * @param base the commit that the change starts from, abbreviated
     * @param head the commit that has it, abbreviated
     */
    static String of(Review review, String base, String head, ReviewForm form) {
        ReviewPage page = new ReviewPage(review, form);
        form.head(page.verdict());
        form.paragraph(form.code(head) + " compared with " + form.code(base) + ", where it parted from its base.");
        page.blocking();
        page.interfaces();
        page.touched();
        page.others();
        page.changes();
        return form.text();
    }

    private String verdict() {
        return form.strong(review.blocked() ? "Blocked" : "Nothing blocks") + ": " + ReviewVerdict.of(review) + ".";
    }

    private void blocking() {
        findings("Does not render", review.broken());
        findings("Denied by policies", review.denied());
        findings("Denied by policies before and still", review.stillDenied());
        findings("New findings", review.added());
    }

    private void others() {
        findings("Fixed findings", review.fixed());
        suppressed(review.suppressed());
        findings("Did not render before, so what changes there is not known", review.mended());
        int standing = review.standing().size();
        if (standing > 0) {
            form.paragraph(
                    ReviewVerdict.count(standing, "finding") + " from before " + (standing == 1 ? "stays" : "stay")
                            + "; `plumbline lint` lists " + (standing == 1 ? "it." : "them."));
        }
    }

    private void interfaces() {
        new ReviewInterfaces(review, form).write(this::where);
    }

    private void touched() {
        List<Shared<TouchedModel>> models = review.models();
        if (!models.isEmpty()) {
            form.section("Models that are touched");
            models.forEach(model -> form.item(
                    model(model.what()) + where(model), because(model.what().causes())));
        }
        List<Shared<TouchedSchedule>> schedules = review.schedules();
        if (!schedules.isEmpty()) {
            form.section("Schedules that are touched");
            for (Shared<TouchedSchedule> schedule : schedules) {
                List<String> details = new ArrayList<>(times(schedule.what()));
                details.addAll(because(schedule.what().causes()));
                form.item(
                        form.code(schedule.what().schedule().display()) + " at "
                                + form.code(schedule.what().location().toString()) + where(schedule),
                        details);
            }
        }
    }

    private String model(TouchedModel model) {
        String named = model.model().isEmpty() ? "a model" : "the model " + form.code(model.model());
        return form.code(model.producer().display()) + " registers " + named;
    }

    private List<String> times(TouchedSchedule schedule) {
        if (schedule.before().isEmpty()) {
            return List.of("new: fires " + form.code(schedule.after()));
        }
        if (schedule.after().isEmpty()) {
            return List.of("goes: fired " + form.code(schedule.before()));
        }
        return schedule.before().equals(schedule.after())
                ? List.of("fires as before, " + form.code(schedule.after()))
                : List.of("fired " + form.code(schedule.before()), "fires now " + form.code(schedule.after()));
    }

    private List<String> because(List<ObjectKey> causes) {
        return List.of("because of " + some(causes, ReviewPage::name));
    }

    private void changes() {
        List<Shared<List<ObjectChange>>> changes = review.changes();
        if (!changes.isEmpty()) {
            form.section("What changes");
            changes.forEach(same -> form.changes(
                    same.environments().stream()
                            .map(path -> path.isEmpty() ? "." : path)
                            .toList(),
                    same.what()));
        }
    }

    private void findings(String title, List<Shared<Finding>> findings) {
        if (!findings.isEmpty()) {
            form.section(title);
            findings.forEach(finding -> form.item(
                    finding(finding.what()) + where(finding) + ": "
                            + form.code(finding.what().message()),
                    finding.what().fix().isEmpty()
                            ? List.of()
                            : List.of("to do: " + form.code(finding.what().fix()))));
        }
    }

    private void suppressed(List<Shared<SuppressedFinding>> suppressed) {
        if (!suppressed.isEmpty()) {
            form.section("Findings that do not count any more");
            suppressed.forEach(one -> form.item(
                    finding(one.what().finding()) + where(one) + ": "
                            + form.code(one.what().finding().message()),
                    List.of("the reason given: " + form.code(one.what().reason()))));
        }
    }

    private String finding(Finding finding) {
        return finding.severity().name().toLowerCase(Locale.ROOT) + " " + form.code(finding.rule())
                + (finding.location() == null
                        ? ""
                        : " at " + form.code(finding.location().toString()))
                + (finding.object() == null ? "" : " about " + form.code(name(finding.object())));
    }

    private String where(Shared<?> shared) {
        int environments = shared.environments().size();
        if (environments == 0) {
            return "";
        }
        return environments > 1 && environments == review.environments().size()
                ? " in all environments"
                : " in " + some(shared.environments(), path -> path.isEmpty() ? "." : path);
    }

    private <T> String some(List<T> all, Function<T, String> name) {
        return all.stream()
                        .limit(MAX_NAMED)
                        .map(one -> form.code(name.apply(one)))
                        .collect(Collectors.joining(", "))
                + (all.size() > MAX_NAMED ? " and " + (all.size() - MAX_NAMED) + " more" : "");
    }

    /** What an object is called; one that gets its name when it is started, by its kind. */
    static String name(ObjectKey key) {
        return key.name().isEmpty() ? key.kind() : key.display();
    }

    /** What objects are called among others: without their namespace where there is only one. */
    static Function<ObjectKey, String> names(List<ObjectChange> changes) {
        long namespaces = changes.stream()
                .map(change -> change.key().namespace())
                .filter(namespace -> !namespace.isEmpty())
                .distinct()
                .count();
        return namespaces > 1 ? RenderedDiff::name : ObjectKey::display;
    }
}
