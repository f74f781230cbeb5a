package peer;

import java.util.Comparator;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.function.ToLongFunction;
import peer.Roster.Assistant;
import peer.Roster.Rules;
import peer.Roster.Shift;

/** How far one assistant's shifts are from keeping each rule: in begun hours, days or weekends. */
public record Calendar(
        long onePlace, long dailyRest, long weeklyRest, long ordinary, long onCall, long average, long days, long nights,
        long weekends) {
    private static final Comparator<Shift> IN_ORDER = Comparator.comparingLong(s -> s.begin);

    /** The calendar of those shifts, all of them the assistant's; at least one. */
    public static Calendar of(List<Shift> shifts) {
        List<Shift> ordered = shifts.stream().sorted(IN_ORDER).toList();
        Assistant a = ordered.get(0).assistant;
        Rules rules = a.rules;
        long total = 0;
        for (Shift shift : ordered) {
            total += shift.active + shift.onCall;
        }
        return new Calendar(
                onePlace(ordered, rules), dailyRest(ordered, rules), weeklyRest(ordered, a),
                inBlocks(ordered, rules, s -> s.active, block -> rules.ordinary.get(block)),
                inBlocks(ordered, rules, s -> s.onCall, block -> rules.onCall),
                hours(total - a.most), inARow(ordered, rules.days, false), inARow(ordered, rules.nights, true),
                weekends(ordered, rules));
    }

    /** One place at a time, and a rest as long as the shift after one longer than the span. */
    private static long onePlace(List<Shift> ordered, Rules rules) {
        long missing = 0;
        long freeFrom = Long.MIN_VALUE;
        for (Shift shift : ordered) {
            missing += freeFrom > shift.begin ? hours(freeFrom - shift.begin) : 0;
            long length = shift.end - shift.begin;
            freeFrom = Math.max(freeFrom, length > rules.span ? shift.end + length : shift.end);
        }
        return missing;
    }

    /** Shifts with less than the daily rest between them lie within one span. */
    private static long dailyRest(List<Shift> ordered, Rules rules) {
        long over = 0;
        long opens = 0;
        long until = Long.MIN_VALUE / 2;
        for (Shift shift : ordered) {
            boolean rested = shift.begin - until >= rules.rest;
            opens = rested ? shift.begin : opens;
            until = Math.max(until, shift.end);
            over += rested ? 0 : hours(until - opens - rules.span);
        }
        return over;
    }

    /** In each week an unbroken rest within the week. */
    private static long weeklyRest(List<Shift> ordered, Assistant a) {
        List<Long> mondays = a.rules.mondays;
        long missing = 0;
        for (int week = 0; week + 1 < mondays.size(); week++) {
            long closes = mondays.get(week + 1);
            long free = Math.max(mondays.get(week), a.lastEnd);
            long longest = 0;
            for (Shift shift : ordered) {
                longest = Math.max(longest, Math.min(shift.begin, closes) - free);
                free = Math.max(free, shift.end);
            }
            missing += hours(a.rules.weekly - Math.max(longest, closes - free));
        }
        return missing;
    }

    /** What each four weeks hold over their limit. */
    private static long inBlocks(
            List<Shift> ordered, Rules rules, ToLongFunction<Shift> part, IntToLongFunction limit) {
        long over = 0;
        for (int block = 0; block < rules.ordinary.size(); block++) {
            long sum = 0;
            for (Shift shift : ordered) {
                sum += shift.block == block ? part.applyAsLong(shift) : 0;
            }
            over += hours(sum - limit.applyAsLong(block));
        }
        return over;
    }

    /** Days, or nights, on which a shift begins, in a row. */
    private static long inARow(List<Shift> ordered, long most, boolean nights) {
        long over = 0;
        long row = 0;
        long last = -2;
        for (Shift shift : ordered) {
            if (shift.day != last && (shift.night || !nights)) {
                row = shift.day == last + 1 ? row + 1 : 1;
                over += row > most ? 1 : 0;
                last = shift.day;
            }
        }
        return over;
    }

    /** Weekends of each four weeks that some shift touches. */
    private static long weekends(List<Shift> ordered, Rules rules) {
        long touched = 0;
        for (Shift shift : ordered) {
            touched |= shift.weekend >= 0 ? 1L << shift.weekend : 0;
        }
        long over = 0;
        for (int block = 0; block < rules.ordinary.size(); block++) {
            over += Math.max(0, Long.bitCount(touched & 15L << 4 * block) - rules.weekends);
        }
        return over;
    }

    private static long hours(long seconds) {
        return Math.max(0, (seconds + 3599) / 3600);
    }
}
