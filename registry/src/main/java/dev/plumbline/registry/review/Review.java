package dev.plumbline.registry.review;

import dev.plumbline.registry.diff.ObjectChange;
import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.policy.PolicyJudge;
import dev.plumbline.registry.template.BrokenConsumer;
import dev.plumbline.registry.template.TemplateChanges;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a change of the repository means. What environments share is answered once, with their names.
 *
 * @param environments every environment before or after the change, by path
 * @param elsewhere the findings that come and go without concerning an environment
 */
public record Review(List<EnvironmentReview> environments, FindingChanges elsewhere) {

    /** Keeps its own copy. */
    public Review {
        environments = List.copyOf(environments);
    }

    /** Why environments do not render after the change. */
    public List<Shared<Finding>> broken() {
        return shared(EnvironmentReview::brokenAfter, List.of());
    }

    /** Why environments did not render before it, where they do now or are gone. */
    public List<Shared<Finding>> mended() {
        return shared(
                environment -> environment.brokenAfter().isEmpty() ? environment.brokenBefore() : List.of(), List.of());
    }

    /** The findings that come with the change, denials left out. */
    public List<Shared<Finding>> added() {
        return findings(changes -> changes.added().stream()
                .filter(finding -> !PolicyJudge.isDenial(finding))
                .toList());
    }

    /** The findings that go with it. */
    public List<Shared<Finding>> fixed() {
        return findings(FindingChanges::fixed);
    }

    /** The findings that it keeps from counting. */
    public List<Shared<SuppressedFinding>> suppressed() {
        return Shared.among(
                environments,
                environment -> environment.findings().suppressed(),
                one -> new SuppressedFinding(anywhere(one.finding()), one.reason()));
    }

    /** The findings that stay, denials left out. */
    public List<Shared<Finding>> standing() {
        return findings(changes -> changes.standing().stream()
                .filter(finding -> !PolicyJudge.isDenial(finding))
                .toList());
    }

    /** What policies deny after the change and did not before. */
    public List<Shared<Finding>> denied() {
        return findings(changes ->
                changes.added().stream().filter(PolicyJudge::isDenial).toList());
    }

    /** What policies denied before the change and still deny. It blocks as well, since nothing of the environment is applied. */
    public List<Shared<Finding>> stillDenied() {
        return findings(changes ->
                changes.standing().stream().filter(PolicyJudge::isDenial).toList());
    }

    /** The objects that change, environments in which the same happens together; those in which nothing does are left out. */
    public List<Shared<List<ObjectChange>>> changes() {
        return Shared.among(
                environments,
                environment -> environment.changes().isEmpty() ? List.of() : List.of(environment.changes()),
                changes -> changes.stream()
                        .map(change -> List.of(change.kind(), Shared.anywhere(change.key()), change.fields()))
                        .toList());
    }

    /** What becomes of the interfaces of templates. */
    public List<Shared<TemplateChanges>> templates() {
        return Shared.among(
                environments,
                EnvironmentReview::templates,
                changes -> new TemplateChanges(Shared.anywhere(changes.template()), changes.bump(), changes.changes()));
    }

    /** Uses of templates that break. */
    public List<Shared<BrokenConsumer>> brokenConsumers() {
        return Shared.among(
                environments,
                EnvironmentReview::broken,
                broken -> new BrokenConsumer(
                        Shared.anywhere(broken.consumer()),
                        broken.location(),
                        Shared.anywhere(broken.template()),
                        broken.message()));
    }

    /** Models that will be made otherwise. */
    public List<Shared<TouchedModel>> models() {
        return Shared.among(
                environments,
                EnvironmentReview::models,
                model -> new TouchedModel(
                        Shared.anywhere(model.producer()), model.location(), model.model(), anywhere(model.causes())));
    }

    /** Schedules that change, or will run something else. */
    public List<Shared<TouchedSchedule>> schedules() {
        return Shared.among(
                environments,
                EnvironmentReview::schedules,
                schedule -> new TouchedSchedule(
                        Shared.anywhere(schedule.schedule()),
                        schedule.location(),
                        schedule.before(),
                        schedule.after(),
                        anywhere(schedule.causes())));
    }

    /** Whether something keeps it from being merged. */
    public boolean blocked() {
        return !broken().isEmpty()
                || !denied().isEmpty()
                || !stillDenied().isEmpty()
                || added().stream().anyMatch(finding -> finding.what().isError())
                || !brokenConsumers().isEmpty();
    }

    private static List<ObjectKey> anywhere(List<ObjectKey> keys) {
        return keys.stream().map(Shared::anywhere).toList();
    }

    private List<Shared<Finding>> findings(Function<FindingChanges, List<Finding>> which) {
        return shared(environment -> which.apply(environment.findings()), which.apply(elsewhere));
    }

    private List<Shared<Finding>> shared(
            Function<EnvironmentReview, List<Finding>> which, List<Finding> withoutEnvironment) {
        return Stream.concat(
                        withoutEnvironment.stream().map(finding -> new Shared<>(finding, List.of())),
                        Shared.among(environments, which, Review::anywhere).stream())
                .sorted(Comparator.comparing(Shared::what, Order.WORST_FIRST))
                .toList();
    }

    private static Finding anywhere(Finding finding) {
        ObjectKey object = finding.object();
        return object == null ? finding : finding.about(Shared.anywhere(object));
    }
}
