package dev.plumbline.registry.validate;

import dev.plumbline.registry.argo.ArgoKinds;
import dev.plumbline.registry.json.Tree;
import dev.plumbline.registry.manifest.Manifest;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A CronWorkflow has schedules that Argo v4 reads, in a time zone that exists. */
final class CronRule implements Rule {

    /** The forms that the schema of Argo's CronWorkflow accepts. */
    private static final Pattern SCHEDULE = Pattern.compile(
            "@(yearly|annually|monthly|weekly|daily|midnight|hourly)|@every [0-9]\\S*|([A-Za-z0-9*,/?-]+ +){4}[A-Za-z0-9*,/?-]+");

    private static final Set<String> CONCURRENCY = Set.of("Allow", "Forbid", "Replace");

    @Override
    public String id() {
        return "cron-schedule";
    }

    @Override
    public void check(Manifest object, RenderedSet set, Report report) {
        if (!object.key().kind().equals(ArgoKinds.CRON_WORKFLOW)
                || !object.key().group().equals(ArgoKinds.GROUP)) {
            return;
        }
        List<@Nullable Object> schedules = Tree.list(object.content(), "spec", "schedules");
        if (schedules.isEmpty()) {
            report.add(List.of("spec"), "the CronWorkflow has no schedules", "add 'schedules', a list (Argo v4)");
        }
        for (int i = 0; i < schedules.size(); i++) {
            if (!(schedules.get(i) instanceof String text)
                    || !SCHEDULE.matcher(text).matches()) {
                report.add(
                        List.of("spec", "schedules", Integer.toString(i)),
                        "'" + schedules.get(i) + "' is not a schedule that Argo reads",
                        "write five fields (minute, hour, day, month, weekday), such as '0 2 * * *'; the time zone goes into"
                                + " 'timezone'");
            }
        }
        String zone = Tree.text(object.content(), "spec", "timezone");
        if (!zone.isEmpty() && !ZoneId.getAvailableZoneIds().contains(zone)) {
            report.add(
                    List.of("spec", "timezone"),
                    "'" + zone + "' is not a time zone",
                    "name one of the IANA database, such as 'Etc/UTC' or 'Europe/Berlin'");
        }
        String policy = Tree.text(object.content(), "spec", "concurrencyPolicy");
        if (!policy.isEmpty() && !CONCURRENCY.contains(policy)) {
            report.add(
                    List.of("spec", "concurrencyPolicy"),
                    "'" + policy + "' is not a concurrency policy",
                    "use Allow, Forbid or Replace");
        }
    }
}
