using System.Text.Json.Nodes;
using Hypergate.Simulator.XenOrchestra.Access;
using Hypergate.Simulator.XenOrchestra.Endpoints;
using Hypergate.Simulator.Faults;
using Hypergate.Simulator.XenOrchestra.Operations;
using Hypergate.Simulator.XenOrchestra.Validation;
using Hypergate.Simulator.XenOrchestra.World;
using Microsoft.AspNetCore.Http;

namespace Hypergate.Simulator.XenOrchestra.Server;

/// <summary>
/// Lets requests in: the switch for assistants first, then the credential, then route, existence of what the path names,
/// rights, and at last the form of query and body.
/// </summary>
internal sealed class RequestGate(DataCentre world, RouteTable routes, Schemas schemas, StartUp startUp)
{
    private readonly Authentication _authentication = new(world);
    private readonly Existence _existence = new(world);
    private readonly RightsCheck _rights = new(world);
    private readonly RequestCheck _check = new(schemas);

    /// <summary>The administrator's switch: off, whoever says that he is an MCP server is turned away.</summary>
    public bool McpEnabled { get; set; } = true;

    /// <returns>Null: no credential was sent.</returns>
    /// <exception cref="XoError">503 for assistants that are switched off; 400, 401 or 500 for a credential.</exception>
    public Caller? Authenticate(HttpContext http, Fault? fault)
    {
        var isStatus = http.Request.Path.Equals(Addresses.Root + "/mcp/status", StringComparison.OrdinalIgnoreCase);
        if (!McpEnabled && (isStatus || http.Request.Headers["X-XO-Client"].ToString().Equals("mcp", StringComparison.OrdinalIgnoreCase)))
        {
            throw new XoError(503, "MCP is disabled by administrator") { ErrorData = new JsonObject { ["error"] = "mcp_disabled" } };
        }

        var (cookie, authorization) = (Header(http, "Cookie"), Header(http, "Authorization"));
        var caller = world.Write(() => _authentication.Find(cookie, authorization));
        return caller is not null && (startUp.RefusesLogins || fault is { ExpiredToken: true }) ? throw Authentication.Refused() : caller;
    }

    /// <returns>Null: there is no such route.</returns>
    public Route? Route(string method, RequestTarget target) =>
        routes.Find(method, target.Segments, out var values) is { } operation ? new Route(operation, values) : null;

    /// <exception cref="XoError">Whatever is wrong with the request.</exception>
    public XoRequest Check(HttpContext http, Route route, RequestTarget target, ReadOnlyMemory<byte> body, Caller? caller)
    {
        var operation = route.Operation;
        if (!operation.IsPublic && caller is null)
        {
            throw Authentication.Refused();
        }

        var path = route.Values.ToDictionary(value => value.Key, value => RequestTarget.Decode(value.Value), StringComparer.Ordinal);
        var query = target.Parameters;
        var json = operation.BodySchema is not null ? JsonBody.Parse(IsJson(http) ? body : default) : null;
        world.Read(() => _existence.Check(operation, path));
        if (caller is not null)
        {
            world.Read(() => _rights.Check(operation, caller, path.GetValueOrDefault("id"), json));
        }

        _check.Check(operation, path, query, json);
        return new XoRequest
        {
            Http = http,
            Operation = operation,
            Path = path,
            Query = query.ToDictionary(pair => pair.Key, pair => string.Join(',', pair.Value), StringComparer.Ordinal),
            Body = json,
            Caller = caller,
        };
    }

    private static string? Header(HttpContext http, string name) =>
        http.Request.Headers.TryGetValue(name, out var values) && values.Count > 0 ? values.ToString() : null;

    private static bool IsJson(HttpContext http) =>
        http.Request.ContentType is null || http.Request.ContentType.StartsWith("application/json", StringComparison.OrdinalIgnoreCase);
}
