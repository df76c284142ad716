package dev.plumbline.registry.promotion;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a tag in GTO's grammar.
 *
 * @param artifact which artifact, with its folder before a {@code =} where it has one
 * @param kind what the tag says
 * @param value the version or the stage; empty for a mark
 * @param undone whether it takes back what it says
 * @param counter orders the tags of one stage; 0 where there is none
 */
public record GtoTag(String artifact, Kind kind, String value, boolean undone, long counter) {

    private static final String NAME = "[a-zA-Z0-9](?:[a-zA-Z0-9/_-]*[a-zA-Z0-9])?";
    private static final String NUMBER = "(?:0|[1-9][0-9]{0,17})";
    private static final String PART = "(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)";
    private static final String SEMVER = NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(?:-" + PART + "(?:\\." + PART
            + ")*)?(?:\\+[0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*)?";
    private static final Pattern TAG =
            Pattern.compile("(?<artifact>(?:[a-zA-Z0-9_./-]+=)?" + NAME + ")(?:(?:#(?<stage>" + NAME + ")|@(?<version>v"
                    + SEMVER + "))(?<undone>!)?|@(?<mark>deprecated|created))(?:#(?<counter>[0-9]{1,18}))?");

    /** Longest name that is looked at, in characters. */
    private static final int MAX = 1_000;

    /** What a tag says. */
    public enum Kind {
        /** A version is registered at its commit. */
        VERSION,
        /** The version at its commit is put into a stage. */
        STAGE,
        /** The artifact is of no more use. */
        DEPRECATED,
        /** The artifact exists. */
        CREATED
    }

    /** Reads a name; empty when it is none of GTO's. */
    public static Optional<GtoTag> of(String name) {
        Matcher tag = TAG.matcher(name);
        if (name.length() > MAX || !tag.matches()) {
            return Optional.empty();
        }
        String counter = tag.group("counter");
        long number = counter == null ? 0 : Long.parseLong(counter);
        boolean undone = tag.group("undone") != null;
        if (tag.group("version") != null) {
            return Optional.of(new GtoTag(tag.group("artifact"), Kind.VERSION, tag.group("version"), undone, number));
        }
        if (tag.group("stage") != null) {
            return Optional.of(new GtoTag(tag.group("artifact"), Kind.STAGE, tag.group("stage"), undone, number));
        }
        Kind mark = tag.group("mark").equals("created") ? Kind.CREATED : Kind.DEPRECATED;
        return Optional.of(new GtoTag(tag.group("artifact"), mark, "", false, number));
    }

    /** The tag that registers a version. */
    public static GtoTag version(String artifact, String version) {
        return checked(new GtoTag(artifact, Kind.VERSION, version, false, 0));
    }

    /** The tag that puts what is registered at its commit into a stage. */
    public static GtoTag stage(String artifact, String stage, long counter) {
        return checked(new GtoTag(artifact, Kind.STAGE, stage, false, counter));
    }

    /** The name. */
    public String name() {
        String what = switch (kind) {
            case VERSION -> "@" + value;
            case STAGE -> "#" + value;
            case DEPRECATED -> "@deprecated";
            case CREATED -> "@created";
        };
        return artifact + what + (undone ? "!" : "") + (counter == 0 ? "" : "#" + counter);
    }

    private static GtoTag checked(GtoTag tag) {
        if (!of(tag.name()).filter(tag::equals).isPresent()) {
            throw new IllegalArgumentException(
                    "'" + tag.name() + "' is no tag of GTO's; names have letters, digits, '-', '_' and"
                            + " '/', and versions are such as v1.2.0");
        }
        return tag;
    }
}
