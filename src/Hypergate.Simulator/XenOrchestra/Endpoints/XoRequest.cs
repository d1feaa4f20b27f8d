using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.Access;
using Hypergate.Simulator.Faults;
using Hypergate.Simulator.XenOrchestra.Operations;
using Microsoft.AspNetCore.Http;

namespace Hypergate.Simulator.XenOrchestra.Endpoints;

/// <summary>A request for an operation, authenticated and checked.</summary>
internal sealed record XoRequest
{
    public required HttpContext Http { get; init; }

    public required Operation Operation { get; init; }

    /// <summary>The decoded values of the placeholders.</summary>
    public required IReadOnlyDictionary<string, string> Path { get; init; }

    /// <summary>The decoded query; several values of a name are joined by a comma.</summary>
    public required IReadOnlyDictionary<string, string> Query { get; init; }

    public JsonNode? Body { get; init; }

    /// <summary>Null on public routes without a credential.</summary>
    public Caller? Caller { get; init; }

    public Fault? Fault { get; init; }

    public string Id => Path["id"];

    /// <summary>A boolean of the query.</summary>
    public bool Is(string name) => Operation.Takes(name) && Query.TryGetValue(name, out var text) && bool.Parse(text);
}
