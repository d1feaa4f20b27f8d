using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.Access;

/// <summary>The user that a request speaks for.</summary>
internal sealed record Caller(JsonObject User)
{
    public string Id => User["id"]!.GetValue<string>();

    public bool IsAdministrator => User["permission"]?.GetValue<string>() == "admin";
}
