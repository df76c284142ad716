package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.ArgoSyntaxException;
import dev.plumbline.registry.argo.DagTask;
import dev.plumbline.registry.argo.Depends;
import dev.plumbline.registry.argo.Parameter;
import dev.plumbline.registry.argo.Tags;
import dev.plumbline.registry.argo.TaskResult;
import dev.plumbline.registry.argo.Template;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Outputs of tasks and steps that may be skipped have a default. Without one an argument that is nothing but the reference falls back
 * to the input's own default; anything else ends the run with an error.
 */
final class SkippedOutputRule implements UncheckedRule {

    @Override
    public String id() {
        return "skipped-output";
    }

    @Override
    public String description() {
        return "An output of a task or step that may be skipped is read only where its absence is provided for.";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        ArgoObject argo = set.argo(object);
        for (Texts.Tag tag : argo.texts().tags()) {
            List<String> words = tag.words();
            ArgoObject.Located located = words.size() < 5 ? null : Texts.template(argo, tag.path());
            if (located == null
                    || !words.get(2).equals("outputs")
                    || !words.get(3).equals("parameters")) {
                continue;
            }
            Call producer = argo.scope(located, set).call(words.get(1));
            if (producer != null
                    && mayBeSkipped(producer)
                    && !hasDefault(producer, words.get(4), argo, set)
                    && !isProvidedFor(object, tag, argo, set)) {
                report.add(
                        tag.path(),
                        located.place() + " reads {{" + Report.shorten(tag.name()) + "}}, and '" + producer.name()
                                + "' is skipped when its condition does not hold; the run then ends here with an error",
                        "give the output a valueFrom.default, or read it as {{=" + words.getFirst() + "['"
                                + words.get(1) + "'].outputs.parameters['" + words.get(4) + "'] ?? ''}}");
            }
        }
    }

    private static boolean mayBeSkipped(Call producer) {
        return !Tree.text(producer.tree(), "when").isEmpty();
    }

    private static boolean hasDefault(Call producer, String output, ArgoObject argo, RenderedSet set) {
        Template target = producer.dynamic() ? null : argo.resolve(producer, set);
        return target == null
                || target.outputParameters().stream()
                        .anyMatch(one -> one.name().equals(output) && one.valueFromDefault() != null);
    }

    /** A reader that is itself conditional, runs only after a success, or falls back to a default, copes. */
    private static boolean isProvidedFor(Manifest object, Texts.Tag tag, ArgoObject argo, RenderedSet set) {
        Map<String, @Nullable Object> reader = Texts.call(object, argo, tag.path());
        if (reader == null) {
            return outputDefault(tag, argo);
        }
        if (needsSuccess(new DagTask(reader), tag.words().get(1), argo, tag)) {
            return true;
        }
        boolean conditional =
                !Tree.text(reader, "when").isEmpty() && !tag.path().contains("when");
        if (conditional || Tags.whole(tag.text()) == null || !tag.path().contains("arguments")) {
            return conditional;
        }
        Call call = argo.scope(java.util.Objects.requireNonNull(Texts.template(argo, tag.path())), set)
                .call(Tree.text(reader, "name"));
        Template target = call == null || call.dynamic() ? null : argo.resolve(call, set);
        int index = tag.path().indexOf("parameters");
        if (call == null || target == null || index < 0) {
            return target == null;
        }
        List<Parameter> arguments = call.parameters();
        int position = Integer.parseInt(tag.path().get(index + 1));
        String name = position < arguments.size() ? arguments.get(position).name() : "";
        return target.inputParameters().stream()
                .anyMatch(input -> input.name().equals(name) && input.effective() != null);
    }

    /** Whether a task waits until another has succeeded: it is omitted when that one is skipped. */
    private static boolean needsSuccess(DagTask reader, String producer, ArgoObject argo, Texts.Tag tag) {
        ArgoObject.Located located = Texts.template(argo, tag.path());
        if (located == null || reader.depends() == null) {
            return false;
        }
        try {
            return needsSuccess(
                    Depends.of(
                            reader,
                            name -> located.template().tasks().stream()
                                    .filter(task -> task.name().equals(name))
                                    .findFirst()
                                    .orElse(null)),
                    producer);
        } catch (ArgoSyntaxException e) {
            // Another rule reports it.
            return false;
        }
    }

    private static boolean needsSuccess(Depends depends, String producer) {
        return switch (depends) {
            case Depends.Had(String task, TaskResult result) -> task.equals(producer) && result == TaskResult.SUCCEEDED;
            case Depends.All(List<Depends> terms) -> terms.stream().anyMatch(term -> needsSuccess(term, producer));
            case Depends.Any(List<Depends> terms) -> terms.stream().allMatch(term -> needsSuccess(term, producer));
            case Depends.None _, Depends.Not _ -> false;
        };
    }

    /** An output that takes its value from another has a default of its own. */
    private static boolean outputDefault(Texts.Tag tag, ArgoObject argo) {
        int index = tag.path().indexOf("valueFrom");
        ArgoObject.Located located = Texts.template(argo, tag.path());
        if (index < 0 || located == null || !tag.path().contains("outputs")) {
            return false;
        }
        int position = Integer.parseInt(tag.path().get(index - 1));
        List<Parameter> outputs = located.template().outputParameters();
        return position < outputs.size() && outputs.get(position).valueFromDefault() != null;
    }
}
