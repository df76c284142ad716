package dev.plumbline.registry.yaml;

import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** Marks plain scalars instead of typing them, so that {@link Scalars} alone decides what they are. */
final class ImplicitTags extends Resolver {

    /** What a plain scalar without a tag carries. */
    static final Tag PLAIN = new Tag("tag:plumbline.dev,2026:plain");

    @Override
    protected void addImplicitResolvers() {
        // None: Scalars knows kustomize's rules.
    }

    @Override
    public Tag resolve(NodeId kind, String value, boolean implicit) {
        return switch (kind) {
            case scalar -> implicit ? PLAIN : Tag.STR;
            case sequence -> Tag.SEQ;
            case mapping -> Tag.MAP;
            default -> Tag.STR;
        };
    }
}
