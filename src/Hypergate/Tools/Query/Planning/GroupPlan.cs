using Hypergate.Inventory.Tables;
using Hypergate.Tools.Query.Tree;

namespace Hypergate.Tools.Query.Planning;

/// <summary>How rows become groups: a row of a group has the keys, then the aggregates.</summary>
internal sealed record GroupPlan(IReadOnlyList<Slot> Keys, IReadOnlyList<AggregatePlan> Aggregates);

/// <summary>One aggregate.</summary>
/// <param name="Slot">Null for the rows themselves.</param>
/// <param name="Type">What it gives.</param>
/// <param name="Place">Where the query asks for it.</param>
internal sealed record AggregatePlan(AggregateFunction Function, Slot? Slot, bool IsDistinct, ColumnType Type, Place Place);
