namespace Hypergate.Simulator.PxCloud.Access;

/// <summary>Who is signed in.</summary>
/// <param name="User">The name.</param>
/// <param name="Role">One of the roles that there are.</param>
/// <param name="Ends">When the session ends, in seconds.</param>
/// <param name="TokenId">Tells one session from another.</param>
internal sealed record Identity(string User, string Role, long Ends, string TokenId);
