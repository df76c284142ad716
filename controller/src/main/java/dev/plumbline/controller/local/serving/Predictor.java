package dev.plumbline.controller.local.serving;

import dev.plumbline.registry.json.Tree;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an InferenceService asks for, as far as it is served here: one pickled scikit-learn model, over the Open Inference
 * Protocol.
 *
 * @param name name of the service, and of the model in URLs
 * @param storageUri where the model's file is, {@code http} or {@code https}
 */
record Predictor(String name, String storageUri) {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    /** An InferenceService that is not served here; the message says what of it. */
    static final class NotServed extends Exception {

        private static final long serialVersionUID = 1L;

        NotServed(String message) {
            super(message);
        }
    }

    /**
     * Reads an InferenceService.
     *
     * @throws NotServed when it asks for something else; the message names it
     */
    static Predictor of(Map<String, @Nullable Object> object) throws NotServed {
        for (String part : new String[] {"transformer", "explainer"}) {
            if (Tree.at(object, "spec", part) != null) {
                throw new NotServed("the embedded cluster serves no " + part + "; leave it out here, or use KServe");
            }
        }
        Map<String, @Nullable Object> model = Tree.map(object, "spec", "predictor", "model");
        if (model.isEmpty()) {
            throw new NotServed("the embedded cluster serves spec.predictor.model only; write one, or use KServe");
        }
        require("modelFormat.name", Tree.text(model, "modelFormat", "name"), "sklearn");
        require("protocolVersion", Tree.text(model, "protocolVersion"), "v2");
        String uri = Tree.text(model, "storageUri");
        if (!SCHEMES.contains(scheme(uri))) {
            throw new NotServed("the embedded cluster fetches models by http and https, not from '" + uri
                    + "'; give spec.predictor.model.storageUri such an address, or use KServe");
        }
        return new Predictor(Tree.text(object, "metadata", "name"), uri);
    }

    private static void require(String field, String found, String served) throws NotServed {
        if (!found.equals(served)) {
            throw new NotServed("the embedded cluster serves " + field + " '" + served + "', not '" + found
                    + "'; change spec.predictor.model, or use KServe");
        }
    }

    private static String scheme(String uri) {
        try {
            String scheme = URI.create(uri).getScheme();
            return scheme == null ? "" : scheme.toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
