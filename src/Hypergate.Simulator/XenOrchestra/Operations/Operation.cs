using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.Operations;

/// <summary>One operation of the API, as its description declares it.</summary>
internal sealed record Operation
{
    /// <summary>Method and path template below <c>/rest/v0</c>: <c>POST /vms/{id}/actions/start</c>.</summary>
    public required string Id { get; init; }

    public required string Method { get; init; }

    /// <summary>The path template below <c>/rest/v0</c>: <c>/vms/{id}</c>.</summary>
    public required string Template { get; init; }

    /// <summary>Answered without a credential.</summary>
    public required bool IsPublic { get; init; }

    public required IReadOnlyList<OperationParameter> Parameters { get; init; }

    /// <summary>The statuses of a success: 202 for an action that goes on, 200, 201 or 204.</summary>
    public required IReadOnlyList<int> Successes { get; init; }

    /// <summary>The schema of the JSON body, where there is one.</summary>
    public JsonObject? BodySchema { get; init; }

    public bool BodyIsRequired { get; init; }

    public IReadOnlyList<RequiredPrivilege> Privileges { get; init; } = [];

    public string[] Segments => field ??= Template.Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Runs as a task of the server.</summary>
    public bool IsAction => Segments.Contains("actions", StringComparer.Ordinal);

    /// <summary>A read that answers a list, with fields, filter and limit.</summary>
    public bool IsList => Method == "GET" && Takes("filter");

    /// <summary>The status of a success that is not the start of a task.</summary>
    public int Success => Successes.FirstOrDefault(status => status != 202, 200);

    public bool Takes(string parameter) => Parameters.Any(p => !p.IsInPath && p.Name == parameter);
}
