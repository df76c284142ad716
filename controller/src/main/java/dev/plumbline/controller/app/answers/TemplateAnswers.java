package dev.plumbline.controller.app.answers;

import static dev.plumbline.controller.app.answers.Answer.map;

import dev.plumbline.controller.web.ApiRequest;
import dev.plumbline.registry.history.ReleaseRecord;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is answered about the templates of a sync. */
public final class TemplateAnswers {

    private final AskedSync asked;

    /** Answers about this sync. */
    public TemplateAnswers(AskedSync asked) {
        this.asked = asked;
    }

    /**
     * The templates that can be run, in the versions that Git asks for.
     *
     * @throws StoreException when the store cannot be read
     */
    public Object templates(ApiRequest request) throws StoreException {
        List<Object> list = new ArrayList<>();
        Optional<ReleaseRecord> release = asked.inForce();
        if (release.isPresent()) {
            for (Manifest manifest : release.get().objects()) {
                ObjectKey version = release.get().versions().get(manifest.key());
                if (version != null) {
                    list.add(map(
                            "name", manifest.key().name(),
                            "namespace", manifest.key().namespace(),
                            "version", version.name(),
                            "parameters", parameters(manifest.content())));
                }
            }
        }
        return map("templates", list);
    }

    private static List<Object> parameters(Map<String, @Nullable Object> template) {
        List<Object> list = new ArrayList<>();
        Tree.maps(template, "spec", "arguments", "parameters")
                .forEach(parameter -> list.add(map(
                        "name", Tree.text(parameter, "name"),
                        "default", parameter.get("value"),
                        "description", Tree.text(parameter, "description"))));
        return list;
    }
}
