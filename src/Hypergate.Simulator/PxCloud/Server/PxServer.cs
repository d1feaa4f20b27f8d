using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.Simulator.PxCloud.Access;
using Hypergate.Simulator.PxCloud.Description;
using Hypergate.Simulator.PxCloud.Handlers;
using Hypergate.Simulator.PxCloud.Validation;
using Hypergate.Simulator.PxCloud.World;
using Hypergate.Simulator.Faults;
using Hypergate.Simulator.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Written = Hypergate.Simulator.Answers.Answer;

namespace Hypergate.Simulator.PxCloud.Server;

/// <summary>The way of a request: recorded, hit by a fault or not, let in or turned away, checked, answered.</summary>
internal sealed class PxServer(PxWorld world, Sessions sessions, FaultBoard<Fault> faults, RequestLog log)
{
    private readonly FaultyAnswer _faulty = new(world.Time);
    private readonly PxRoutes _routes = new();
    private readonly HandlerTable _handlers = new(sessions);
    private readonly byte[] _document = JsonSerializer.SerializeToUtf8Bytes(PxDocument.Make());

    public async Task HandleAsync(HttpContext http)
    {
        using var stream = new MemoryStream();
        await http.Request.Body.CopyToAsync(stream, http.RequestAborted);
        var body = stream.ToArray();
        log.Add(http, body);
        var path = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
        var fault = faults.Hit(http.Request.Method, path);
        Task Answer() => AnswerAsync(http, path, body, fault);
        await (fault is null ? Answer() : _faulty.SendAsync(http, fault, Answer));
    }

    private async Task AnswerAsync(HttpContext http, string path, byte[] body, Fault? fault)
    {
        try
        {
            if (path == "/api-docs/openapi.json" && http.Request.Method == "GET")
            {
                LetIn(http, world.Options.DescriptionNeedsLogin, fault);
                await Written.JsonAsync(http, _document);
                return;
            }

            var (status, value) = Run(http, path, body, fault);
            await Written.JsonAsync(http, status, value);
        }
        catch (PxError error) when (!http.Response.HasStarted)
        {
            await Written.JsonAsync(http, error.Status, new JsonObject { ["code"] = error.Code, ["message"] = error.Message });
        }
    }

    private (int Status, JsonNode? Value) Run(HttpContext http, string path, byte[] body, Fault? fault)
    {
        lock (world.Lock)
        {
            world.Tasks.CatchUp();
            var (entry, values) = Route(http, path, fault);
            var who = LetIn(http, !entry.IsPublic, fault);
            Privileges.Demand(world, who, entry);
            var query = http.Request.Query.ToDictionary(static pair => pair.Key, static pair => pair.Value.Select(static value => value ?? "").ToArray(), StringComparer.Ordinal);
            var json = Read(entry, body);
            CallCheck.Check(entry, query, http.Request.Headers, json);
            var call = new PxCall { Entry = entry, World = world, Path = values, Query = query, Body = json, Who = who, TasksHang = fault?.TaskNeverEnds == true };
            var answer = _handlers.Run(call);
            AuditTrail.Add(call);
            return (entry.StartsTask ? 202 : entry.Answer is null ? 204 : 200, entry.Answer is null ? null : answer);
        }
    }

    // Whoever is not signed in does not learn what there is.
    private (Entry Entry, IReadOnlyDictionary<string, string> Path) Route(HttpContext http, string path, Fault? fault)
    {
        try
        {
            return _routes.Find(http.Request.Method, path);
        }
        catch (PxError)
        {
            LetIn(http, isNeeded: true, fault);
            throw;
        }
    }

    private Identity? LetIn(HttpContext http, bool isNeeded, Fault? fault)
    {
        if (!isNeeded)
        {
            return null;
        }

        return fault?.ExpiredToken == true
            ? throw new PxError(401, "token_expired", "The token has expired.")
            : sessions.Find(http.Request.Headers.Authorization.ToString() is { Length: > 0 } sent ? sent : null);
    }

    private static JsonNode? Read(Entry entry, byte[] body)
    {
        if (entry.Body is null || entry.Flags.Contains("multipart"))
        {
            return null;
        }

        try
        {
            return body.Length == 0 ? null : JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            throw new PxError(400, "bad_request", "The body is not JSON.");
        }
    }
}
