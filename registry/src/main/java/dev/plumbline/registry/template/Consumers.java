package dev.plumbline.registry.template;

import dev.plumbline.registry.argo.Tags;
import dev.plumbline.registry.argo.Template;
import dev.plumbline.registry.argo.WorkflowSpec;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who uses templates, and whom a change of them breaks. */
public final class Consumers {

    private Consumers() {}

    /**
     * The uses that fitted the earlier templates and do not fit the later ones, by consumer and place.
     *
     * @param before rendered objects of the earlier commit, before they were given version names
     * @param after the same of the later commit, with whatever else uses its templates
     */
    public static List<BrokenConsumer> broken(Collection<Manifest> before, Collection<Manifest> after) {
        return broken(before, after, after);
    }

    /**
     * The same of consumers that need not be rendered with the templates, such as examples.
     *
     * @param consumers objects of the later commit
     */
    public static List<BrokenConsumer> broken(
            Collection<Manifest> before, Collection<Manifest> after, Collection<Manifest> consumers) {
        Map<ObjectKey, Manifest> is = byKey(after);
        Map<ObjectKey, Manifest> changed = byKey(before);
        changed.entrySet().removeIf(entry -> entry.getValue().equals(is.get(entry.getKey())));
        List<BrokenConsumer> broken = new ArrayList<>();
        for (Manifest object : consumers) {
            for (TemplateCall call : TemplateCall.of(object, changed::containsKey)) {
                List<String> wrong = wrong(call, is.get(call.target()));
                wrong.removeAll(wrong(call, changed.get(call.target())));
                wrong.forEach(message ->
                        broken.add(new BrokenConsumer(call.consumer(), call.location(), call.target(), message)));
            }
        }
        broken.sort(Comparator.comparing(BrokenConsumer::consumer)
                .thenComparing(each -> each.location().toString())
                .thenComparing(BrokenConsumer::message));
        return broken;
    }

    private static Map<ObjectKey, Manifest> byKey(Collection<Manifest> objects) {
        Map<ObjectKey, Manifest> map = HashMap.newHashMap(objects.size());
        objects.forEach(object -> map.put(object.key(), object));
        return map;
    }

    /** What does not fit between a call and what it calls. */
    private static List<String> wrong(TemplateCall call, @Nullable Manifest target) {
        List<String> wrong = new ArrayList<>();
        String name = call.target().name();
        if (target == null) {
            wrong.add("it uses " + name + ", which is gone");
            return wrong;
        }
        WorkflowSpec spec = WorkflowSpec.of(target.content());
        Signature signature;
        if (call.template() == null) {
            signature = Signature.of(spec);
        } else {
            Template template = spec.template(call.template());
            if (template == null) {
                wrong.add("it calls the template " + call.template() + " of " + name + ", which is gone");
                return wrong;
            }
            signature = Signature.of(template);
            name = name + "/" + call.template();
        }
        inputs(call, signature, name, wrong);
        outputs(call, signature, name, wrong);
        return wrong;
    }

    private static void inputs(TemplateCall call, Signature signature, String name, List<String> wrong) {
        call.parameters().forEach((given, value) -> {
            TemplateParameter parameter = signature.parameters().get(given);
            if (parameter == null) {
                wrong.add("it gives the parameter " + given + ", which " + name + " does not take");
            } else if (value != null && !Tags.present(value) && !parameter.allows(value)) {
                wrong.add("it gives " + given + " the value '" + value + "', and " + name + " takes only "
                        + String.join(", ", parameter.allowed()));
            }
        });
        signature.parameters().forEach((taken, parameter) -> {
            if (parameter.required() && !call.parameters().containsKey(taken)) {
                wrong.add("it does not give the parameter " + taken + ", which " + name + " requires");
            }
        });
        call.artifacts().stream()
                .filter(given -> !signature.artifacts().containsKey(given))
                .forEach(given -> wrong.add("it gives the artifact " + given + ", which " + name + " does not take"));
        signature.artifacts().forEach((taken, required) -> {
            if (required && !call.artifacts().contains(taken)) {
                wrong.add("it does not give the artifact " + taken + ", which " + name + " requires");
            }
        });
    }

    private static void outputs(TemplateCall call, Signature signature, String name, List<String> wrong) {
        call.outputParameters().stream()
                .filter(read -> !signature.outputParameters().contains(read))
                .forEach(read ->
                        wrong.add("it reads the output parameter " + read + ", which " + name + " does not give"));
        call.outputArtifacts().stream()
                .filter(read -> !signature.outputArtifacts().contains(read))
                .forEach(read ->
                        wrong.add("it reads the output artifact " + read + ", which " + name + " does not give"));
    }
}
