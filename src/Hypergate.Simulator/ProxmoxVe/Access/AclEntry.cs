namespace Hypergate.Simulator.ProxmoxVe.Access;

/// <summary>A role on a path for a user, a group or a token.</summary>
/// <param name="Path">Normalized: begins with a slash, does not end with one.</param>
/// <param name="Type"><c>user group token</c>.</param>
/// <param name="Subject">The id of the user, group or token.</param>
/// <param name="Role">The role's name.</param>
/// <param name="Propagate">Whether it holds below the path too.</param>
internal sealed record AclEntry(string Path, string Type, string Subject, string Role, bool Propagate);
