package dev.plumbline.controller.cli;

import dev.plumbline.registry.finding.Finding;
import dev.plumbline.registry.model.Location;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.policy.PolicyJudge;
import dev.plumbline.registry.review.EnvironmentReview;
import dev.plumbline.registry.review.FindingChanges;
import dev.plumbline.registry.review.Review;
import dev.plumbline.registry.review.TouchedModel;
import dev.plumbline.registry.review.TouchedSchedule;
import dev.plumbline.registry.template.BrokenConsumer;
import dev.plumbline.registry.template.TemplateChanges;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A review for machines:
 *
 * <pre>{@code
 * {"schema": "plumbline.dev/review/v1", "base", "head", "blocked": true|false, "verdict",
 *  "environments": [{"path",
 *    "brokenBefore": [FINDING], "brokenAfter": [FINDING],
 *    "objects": [as `plumbline diff -o json` has them],
 *    "findings": {"added": [FINDING], "fixed": [FINDING], "standing": [FINDING],
 *                 "suppressed": [FINDING with "reason"]},
 *    "templates": [{"template", "bump": "patch|minor|major", "changes": [{"bump", "place", "message"}]}],
 *    "brokenConsumers": [{"consumer", "file", "line", "column", "template", "message"}],
 *    "models": [{"producer", "file", "line", "column", "model", "causes": [object]}],
 *    "schedules": [{"schedule", "file", "line", "column", "before", "after", "causes": [object]}]}],
 *  "elsewhere": {findings of no environment, as above}}
 * FINDING: {"rule", "severity", "denial": true|false, "file", "line", "column", "object", "message", "fix"}
 * }</pre>
 *
 * Objects are written {@code Kind.group/namespace/name}.
 */
final class ReviewTree {

    /** Names the form; a change that readers notice is a new name. */
    static final String SCHEMA = "plumbline.dev/review/v1";

    private ReviewTree() {}

    static Map<String, @Nullable Object> of(Review review, String base, String head) {
        return RenderedDiff.map(
                "schema", SCHEMA,
                "base", base,
                "head", head,
                "blocked", review.blocked(),
                "verdict", ReviewVerdict.of(review),
                "environments", each(review.environments(), ReviewTree::environment),
                "elsewhere", findings(review.elsewhere()));
    }

    private static Map<String, @Nullable Object> environment(EnvironmentReview environment) {
        return RenderedDiff.map(
                "path", environment.path(),
                "brokenBefore", each(environment.brokenBefore(), ReviewTree::finding),
                "brokenAfter", each(environment.brokenAfter(), ReviewTree::finding),
                "objects", each(environment.changes(), RenderedDiff::tree),
                "findings", findings(environment.findings()),
                "templates", each(environment.templates(), ReviewTree::template),
                "brokenConsumers", each(environment.broken(), ReviewTree::consumer),
                "models", each(environment.models(), ReviewTree::model),
                "schedules", each(environment.schedules(), ReviewTree::schedule));
    }

    private static Map<String, @Nullable Object> findings(FindingChanges findings) {
        return RenderedDiff.map(
                "added", each(findings.added(), ReviewTree::finding),
                "fixed", each(findings.fixed(), ReviewTree::finding),
                "standing", each(findings.standing(), ReviewTree::finding),
                "suppressed",
                        each(findings.suppressed(), one -> {
                            Map<String, @Nullable Object> tree = finding(one.finding());
                            tree.put("reason", one.reason());
                            return tree;
                        }));
    }

    private static Map<String, @Nullable Object> finding(Finding finding) {
        Map<String, @Nullable Object> tree = RenderedDiff.map(
                "rule", finding.rule(),
                "severity", lower(finding.severity()),
                "denial", PolicyJudge.isDenial(finding));
        put(tree, finding.location());
        tree.put("object", finding.object() == null ? null : finding.object().toString());
        tree.put("message", finding.message());
        tree.put("fix", finding.fix());
        return tree;
    }

    private static Map<String, @Nullable Object> template(TemplateChanges template) {
        return RenderedDiff.map(
                "template",
                template.template().toString(),
                "bump",
                lower(template.bump()),
                "changes",
                each(
                        template.changes(),
                        change -> RenderedDiff.map(
                                "bump", lower(change.bump()), "place", change.place(), "message", change.message())));
    }

    private static Map<String, @Nullable Object> consumer(BrokenConsumer consumer) {
        Map<String, @Nullable Object> tree =
                RenderedDiff.map("consumer", consumer.consumer().toString());
        put(tree, consumer.location());
        tree.put("template", consumer.template().toString());
        tree.put("message", consumer.message());
        return tree;
    }

    private static Map<String, @Nullable Object> model(TouchedModel model) {
        Map<String, @Nullable Object> tree =
                RenderedDiff.map("producer", model.producer().toString());
        put(tree, model.location());
        tree.put("model", model.model());
        tree.put("causes", each(model.causes(), ObjectKey::toString));
        return tree;
    }

    private static Map<String, @Nullable Object> schedule(TouchedSchedule schedule) {
        Map<String, @Nullable Object> tree =
                RenderedDiff.map("schedule", schedule.schedule().toString());
        put(tree, schedule.location());
        tree.put("before", schedule.before());
        tree.put("after", schedule.after());
        tree.put("causes", each(schedule.causes(), ObjectKey::toString));
        return tree;
    }

    private static void put(Map<String, @Nullable Object> tree, @Nullable Location location) {
        if (location != null) {
            tree.put("file", location.file());
            tree.put("line", location.line());
            tree.put("column", location.column());
        }
    }

    private static <T> List<Object> each(List<T> all, Function<T, Object> tree) {
        return all.stream().map(tree).toList();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
