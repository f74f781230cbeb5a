package peer;

import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.domain.solution.ProblemFactCollectionProperty;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import java.util.List;

/** A roster to fill. Times are seconds from the first midnight; costs are whole thousandths of a second of cost. */
@PlanningSolution
public class Roster {
    @PlanningEntityCollectionProperty
    public List<Shift> shifts;
    @ProblemFactCollectionProperty
    public List<Assistant> assistants;
    @ProblemFactCollectionProperty
    public List<Wish> wishes;
    @PlanningScore
    public HardSoftLongScore score;

    /** Limits of working time, and what an hour or a piece of each thing costs. */
    public static class Rules {
        public long rest, span, weekly, onCall, days, weekends, nights;
        public List<Long> ordinary; // for each four weeks
        public List<Long> mondays; // midnights between the weeks
        public long open, under, over, overHourly, otherTeam, distinct, nightFair, weekendFair;
    }

    /** One who can be given shifts. A contract of 0 is paid by the hour; home -1 is the pool. */
    public static class Assistant {
        public long id, home, contract, most, lastEnd, fairNights, fairWeekends;
        public Rules rules;
    }

    /** A day that is wanted free, or wanted for work. */
    public static class Wish {
        public Assistant assistant;
        public long day, cost;
        public boolean free;
    }

    /** A shift: whom it is given to is what is planned, and it may stay open. */
    @PlanningEntity
    public static class Shift {
        @PlanningId
        public long id;
        public long begin, end, day, block, active, onCall, person;
        public long weekend; // which of the horizon, -1 for none
        public boolean night;
        public Rules rules;
        @ValueRangeProvider
        public List<Assistant> candidates; // introduced, with the skill, there, and able to work nights
        @PlanningVariable(allowsUnassigned = true)
        public Assistant assistant;
    }
}
