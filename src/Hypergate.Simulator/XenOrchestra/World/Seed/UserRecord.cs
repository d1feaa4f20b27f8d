using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.World.Seed;

/// <summary>A user. The password is kept as it is: it guards nothing, and is never served.</summary>
internal static class UserRecord
{
    /// <param name="name">Also the <c>email</c>, which is what the server calls the login.</param>
    /// <param name="password">Plain.</param>
    /// <param name="permission"><c>admin</c> or <c>none</c>.</param>
    public static JsonObject Create(string name, string password, string permission) => new()
    {
        ["permission"] = permission,
        ["email"] = name,
        ["pw_hash"] = "***obfuscated***",
        ["groups"] = new JsonArray(),
        ["preferences"] = new JsonObject(),
        ["name"] = name,
        ["_password"] = password,
    };
}
