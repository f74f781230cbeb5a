package peer;

import static ai.timefold.solver.core.api.score.stream.ConstraintCollectors.*;
import static ai.timefold.solver.core.api.score.stream.Joiners.equal;

import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import ai.timefold.solver.core.api.score.stream.Constraint;
import ai.timefold.solver.core.api.score.stream.ConstraintFactory;
import ai.timefold.solver.core.api.score.stream.ConstraintProvider;
import java.util.function.ToLongFunction;
import peer.Roster.Assistant;
import peer.Roster.Shift;
import peer.Roster.Wish;

/** The rules of working time, hard; what a roster costs, soft, exactly. */
public class RosterConstraints implements ConstraintProvider {
    private static final HardSoftLongScore HARD = HardSoftLongScore.ONE_HARD;
    private static final HardSoftLongScore SOFT = HardSoftLongScore.ONE_SOFT;
    private static final long HOUR = 3600;

    @Override
    public Constraint[] defineConstraints(ConstraintFactory of) {
        return new Constraint[] {
            kept(of, "overlap, compensatory_rest", Calendar::onePlace),
            kept(of, "daily_rest", Calendar::dailyRest),
            kept(of, "weekly_rest", Calendar::weeklyRest),
            kept(of, "ordinary_hours", Calendar::ordinary),
            kept(of, "on_call", Calendar::onCall),
            kept(of, "average_hours", Calendar::average),
            kept(of, "consecutive_days", Calendar::days),
            kept(of, "consecutive_nights", Calendar::nights),
            kept(of, "weekends", Calendar::weekends),
            open(of), contract(of), otherTeam(of), distinct(of), wishFree(of), wishWork(of), nightFair(of), weekendFair(of)
        };
    }

    /** One calendar for each assistant, made once for all rules: they share their stream. */
    private static Constraint kept(ConstraintFactory of, String name, ToLongFunction<Calendar> missing) {
        return of.forEach(Shift.class)
                .groupBy(s -> s.assistant, collectAndThen(toList(), Calendar::of))
                .penalizeLong(HARD, (a, calendar) -> missing.applyAsLong(calendar))
                .asConstraint(name);
    }

    private static Constraint open(ConstraintFactory of) {
        return of.forEachIncludingUnassigned(Shift.class)
                .filter(s -> s.assistant == null)
                .penalizeLong(SOFT, s -> s.rules.open * HOUR)
                .asConstraint("open");
    }

    /** Hours under and over the contract; those who have no shift are as far under it as can be. */
    private static Constraint contract(ConstraintFactory of) {
        return of.forEach(Shift.class)
                .groupBy(s -> s.assistant, sumLong(s -> s.active))
                .complement(Assistant.class, a -> 0L)
                .penalizeLong(SOFT, (a, time) -> {
                    long more = time - a.contract;
                    long each = a.contract == 0 ? a.rules.overHourly : a.rules.over;
                    return more < 0 ? -more * a.rules.under : more * each;
                })
                .asConstraint("under, over, over_hourly");
    }

    private static Constraint otherTeam(ConstraintFactory of) {
        return of.forEach(Shift.class)
                .filter(s -> s.assistant.home >= 0 && s.assistant.home != s.person)
                .penalizeLong(SOFT, s -> s.rules.otherTeam * HOUR)
                .asConstraint("other_team");
    }

    private static Constraint distinct(ConstraintFactory of) {
        return of.forEach(Shift.class)
                .groupBy(s -> s.assistant, s -> s.person)
                .penalizeLong(SOFT, (a, person) -> a.rules.distinct * HOUR)
                .asConstraint("distinct");
    }

    private static Constraint wishFree(ConstraintFactory of) {
        return of.forEach(Wish.class)
                .filter(w -> w.free)
                .ifExists(Shift.class, equal(w -> w.assistant, s -> s.assistant), equal(w -> w.day, s -> s.day))
                .penalizeLong(SOFT, w -> w.cost)
                .asConstraint("wish to be free");
    }

    private static Constraint wishWork(ConstraintFactory of) {
        return of.forEach(Wish.class)
                .filter(w -> !w.free)
                .ifNotExists(Shift.class, equal(w -> w.assistant, s -> s.assistant), equal(w -> w.day, s -> s.day))
                .penalizeLong(SOFT, w -> w.cost)
                .asConstraint("wish to work");
    }

    private static Constraint nightFair(ConstraintFactory of) {
        return of.forEach(Shift.class)
                .filter(s -> s.night)
                .groupBy(s -> s.assistant, count())
                .filter((a, number) -> number > a.fairNights)
                .penalizeLong(SOFT, (a, number) -> (number - a.fairNights) * a.rules.nightFair * HOUR)
                .asConstraint("night_fair");
    }

    private static Constraint weekendFair(ConstraintFactory of) {
        return of.forEach(Shift.class)
                .filter(s -> s.weekend >= 0)
                .groupBy(s -> s.assistant, count())
                .filter((a, number) -> number > a.fairWeekends)
                .penalizeLong(SOFT, (a, number) -> (number - a.fairWeekends) * a.rules.weekendFair * HOUR)
                .asConstraint("weekend_fair");
    }
}
