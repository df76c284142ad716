package dev.plumbline.controller.spec;

/**
 * One entry of a Secret or ConfigMap in the namespace of the sync.
 *
 * @param kind what holds it
 * @param name name of the object
 * @param key name of the entry
 */
public record KeyReference(Kind kind, String name, String key) {

    /** What holds entries. */
    public enum Kind {
        /** A Secret. */
        SECRET("Secret"),
        /** A ConfigMap. */
        CONFIG_MAP("ConfigMap");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The kind as Kubernetes writes it. */
        @Override
        public String toString() {
            return word;
        }
    }
}
