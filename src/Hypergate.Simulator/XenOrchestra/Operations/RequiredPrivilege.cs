namespace Hypergate.Simulator.XenOrchestra.Operations;

/// <summary>A right that an operation needs: an action on a kind of resource.</summary>
/// <param name="Resource">The word of privileges: <c>vm-snapshot</c>.</param>
/// <param name="Action"><c>read</c>, <c>shutdown:clean</c>, <c>update:&lt;field&gt;</c>.</param>
/// <param name="Condition">When it is needed, in the description's words; null: always.</param>
internal sealed record RequiredPrivilege(string Resource, string Action, string? Condition);
