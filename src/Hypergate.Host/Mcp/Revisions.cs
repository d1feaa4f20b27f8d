using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace Hypergate.Host.Mcp;

/// <summary>The revisions of the protocol that are spoken here.</summary>
internal static class Revisions
{
    /// <summary>The one whose requests each carry all that is needed to answer them.</summary>
    public const string Stateless = "2026-07-28";

    /// <summary>Those whose clients begin with <c>initialize</c>, from the oldest on.</summary>
    public static IReadOnlyList<string> Sessional { get; } = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"];

    /// <summary>The one that an <c>initialize</c> asks for; empty where it names none.</summary>
    public static string AskedBy(JsonRpcRequest initialize) =>
        initialize.Params is JsonObject parameters && parameters["protocolVersion"] is JsonValue value && value.TryGetValue<string>(out var revision) ? revision : "";
}
