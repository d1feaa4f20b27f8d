using Hypergate.Inventory.Tables;
using Hypergate.Tools.Query.Execution;
using Hypergate.Tools.Query.Tree;
using Hypergate.Tools.Query.Values;

namespace Hypergate.Tools.Query.Planning;

/// <summary>Binds conditions to columns and constants.</summary>
/// <param name="values">Gives constants the type of their column.</param>
/// <param name="resolve">Where the value of an expression stands, and what it is.</param>
internal sealed class FilterCompiler(TypedValues values, Func<Expression, (Slot Slot, ColumnType Type)> resolve)
{
    private readonly List<Slot> _slots = [];
    private readonly List<Slot> _negated = [];

    public static Filter Compile(Condition condition, TypedValues values, Func<Expression, (Slot Slot, ColumnType Type)> resolve)
    {
        var compiler = new FilterCompiler(values, resolve);
        var test = compiler.Compile(condition, isNegated: false);
        return new(test, compiler._slots, compiler._negated);
    }

    private Predicate Compile(Condition condition, bool isNegated)
    {
        isNegated ^= condition.IsNegated;
        var test = condition is ConditionGroup group ? Group(group, isNegated) : Leaf((ConditionLeaf)condition, isNegated);
        return condition.IsNegated ? (frame, row) => Truth.True - (byte)test(frame, row) : test;
    }

    private Predicate Group(ConditionGroup group, bool isNegated)
    {
        Predicate[] tests = [.. group.Children.Select(child => Compile(child, isNegated))];
        return group.IsAny ? Any(tests) : All(tests);
    }

    private static Predicate All(Predicate[] tests) => (frame, row) =>
    {
        var least = Truth.True;
        foreach (var test in tests)
        {
            var truth = test(frame, row);
            least = truth < least ? truth : least;
            if (least == Truth.False)
            {
                break;
            }
        }

        return least;
    };

    private static Predicate Any(Predicate[] tests) => (frame, row) =>
    {
        var greatest = Truth.False;
        foreach (var test in tests)
        {
            var truth = test(frame, row);
            greatest = truth > greatest ? truth : greatest;
            if (greatest == Truth.True)
            {
                break;
            }
        }

        return greatest;
    };

    private Predicate Leaf(ConditionLeaf leaf, bool isNegated)
    {
        var (slot, type) = resolve(leaf.Operand);
        _slots.Add(slot);
        if (leaf.Operator == QueryOperator.IsNull)
        {
            return (frame, row) => frame[slot, row].IsNull ? Truth.True : Truth.False;
        }

        if (isNegated)
        {
            _negated.Add(slot);
        }

        var test = CellTests.Make(leaf, type, [.. leaf.Values.Select(value => values.Convert(value, type))]);
        return (frame, row) =>
        {
            ref readonly var cell = ref frame[slot, row];
            return cell.IsNull ? Truth.Unknown : test(cell) ? Truth.True : Truth.False;
        };
    }
}
