package dev.plumbline.registry.validate.argo;

import dev.plumbline.registry.argo.ArgoSyntaxException;
import dev.plumbline.registry.argo.ArgoVersion;
import dev.plumbline.registry.argo.CronSchedule;
import dev.plumbline.registry.json.Tree;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A CronWorkflow's own fields. */
final class CronChecks {

    static final String RULE = "cron-schedule";

    /** The forms that the schema of Argo's CronWorkflow accepts; its parser takes more. */
    private static final Pattern ACCEPTED = Pattern.compile(
            "@(yearly|annually|monthly|weekly|daily|midnight|hourly)|@every [0-9]\\S*|([A-Za-z0-9*,/?-]+\\s+){4}[A-Za-z0-9*,/?-]+");

    private static final Set<String> CONCURRENCY = Set.of("", "Allow", "Forbid", "Replace");

    private CronChecks() {}

    static void check(Map<String, @Nullable Object> content, Place object, Problems problems, ArgoVersion version) {
        Place place = object.at("spec");
        List<@Nullable Object> schedules = Tree.list(content, "spec", "schedules");
        String single = version.isAtLeast(ArgoVersion.V4_0) ? "" : Tree.text(content, "spec", "schedule");
        if (!single.isEmpty()) {
            schedule(single, place.at("schedule"), problems);
        } else if (schedules.isEmpty()) {
            problems.add(RULE, place, "the CronWorkflow has no schedules", "add 'schedules', a list (Argo v4)");
        }
        for (int i = 0; i < schedules.size(); i++) {
            if (schedules.get(i) instanceof String text) {
                schedule(text, place.at("schedules").at(i), problems);
            }
        }
        String zone = Tree.text(content, "spec", "timezone");
        if (!isZone(zone)) {
            problems.add(
                    RULE,
                    place.at("timezone"),
                    "'" + Fixes.shorten(zone, 60) + "' is not a time zone",
                    "name one of the IANA database, such as 'Etc/UTC' or 'Europe/Berlin'");
        }
        String policy = Tree.text(content, "spec", "concurrencyPolicy");
        if (!CONCURRENCY.contains(policy)) {
            problems.add(
                    RULE,
                    place.at("concurrencyPolicy"),
                    "'" + policy + "' is not a concurrency policy",
                    "use Allow, Forbid or Replace");
        }
        if (Tree.at(content, "spec", "startingDeadlineSeconds") instanceof Number deadline
                && deadline.longValue() < 0) {
            problems.add(
                    RULE,
                    place.at("startingDeadlineSeconds"),
                    "startingDeadlineSeconds must be positive",
                    "write 0 or more");
        }
    }

    private static void schedule(String text, Place place, Problems problems) {
        String wrong;
        try {
            CronSchedule schedule = CronSchedule.parse(text);
            String zone = schedule.zone();
            wrong = zone != null && !isZone(zone)
                    ? "'" + zone + "' is not a time zone"
                    : ACCEPTED.matcher(text).matches() ? "" : "Argo's schema does not accept this form";
        } catch (ArgoSyntaxException e) {
            wrong = String.valueOf(e.getMessage());
        }
        if (!wrong.isEmpty()) {
            problems.add(
                    RULE,
                    place,
                    "'" + Fixes.shorten(text, 60) + "' is not a schedule that Argo reads: " + wrong,
                    "write five fields (minute, hour, day, month, weekday), such as '0 2 * * *'; the time zone goes into"
                            + " 'timezone'");
        }
    }

    /** Argo's own reading also takes "UTC", "Local" and nothing at all. */
    private static boolean isZone(String zone) {
        if (zone.isEmpty() || zone.equals("UTC") || zone.equals("Local")) {
            return true;
        }
        try {
            return ZoneId.getAvailableZoneIds().contains(zone)
                    || (ZoneId.of(zone).getId().equals(zone) && zone.contains("/"));
        } catch (DateTimeException e) {
            return false;
        }
    }
}
