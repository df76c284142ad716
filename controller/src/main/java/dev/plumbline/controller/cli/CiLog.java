package dev.plumbline.controller.cli;

import java.util.regex.Pattern;

/**
 * Keeps text from Git from commanding the CI system that reads what a job prints: runners of GitHub obey lines that begin with
 * {@code ::} and {@code ##[} anywhere in a line (actions/runner, {@code ActionCommand}), those of Azure {@code ##vso[}, those of
 * TeamCity {@code ##teamcity[}.
 */
final class CiLog {

    private static final Pattern COLONS = Pattern.compile("(?m)^([\\p{Z}\\t]*):(?=:)");
    private static final Pattern HASHES = Pattern.compile("#(?=#\\w*\\[)");

    private CiLog() {}

    /** Text in which such commands are broken up by a backslash. */
    static String text(String text) {
        return HASHES.matcher(COLONS.matcher(text).replaceAll("$1:\\\\")).replaceAll("#\\\\");
    }

    /** JSON in which they are broken up, and which means the same. */
    static String json(String json) {
        return HASHES.matcher(json).replaceAll("\\\\u0023");
    }
}
