using System.Text;
using System.Text.Json;
using Hypergate.Backends.Http;
using Hypergate.Backends.Rest.Calls;
using Hypergate.Descriptions.Dadl;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Backends.Dadl;

/// <summary>A session that a login opens: what its answer holds goes with every request, and so do its cookies.</summary>
internal sealed class SessionCredentials(DadlSession session, CredentialNames names, PlatformClient client, TimeProvider time) : CallCredentials
{
    private const string Ending = "_credential";
    private const string Mark = "credential:";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _turn = new(1);
    private Opened? _current;

    public override string Name => "the credentials of the login";

    public override async ValueTask<CredentialAnswer> GetAsync(CancellationToken cancellationToken)
    {
        if (Fresh() is { } known)
        {
            return new CredentialAnswer(known.Credential, null);
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (Fresh() is { } made)
            {
                return new CredentialAnswer(made.Credential, null);
            }

            var (opened, problem) = await LoginAsync(cancellationToken);
            Volatile.Write(ref _current, opened);
            return new CredentialAnswer(opened?.Credential, problem);
        }
        finally
        {
            _turn.Release();
        }
    }

    public override void Dispose() => _turn.Dispose();

    public override bool Drop(CallCredential refused)
    {
        if (Volatile.Read(ref _current) is { } current && ReferenceEquals(current.Credential, refused))
        {
            Interlocked.CompareExchange(ref _current, null, current);
        }

        return session.RenewsOn401;
    }

    // Servers renew the cookie of a session as it goes on, and end others.
    public override void Note(CallCredential used, HttpReply reply)
    {
        if (reply.Status != 401 && Volatile.Read(ref _current) is { } current && ReferenceEquals(current.Credential, used)
            && current.Cookies.After(reply, time.GetUtcNow()) is var cookies && cookies != current.Cookies)
        {
            Interlocked.CompareExchange(ref _current, new Opened(current.Injected, cookies, current.Ends), current);
        }
    }

    private Opened? Fresh() => Volatile.Read(ref _current) is { } opened && opened.Ends > time.GetUtcNow() ? opened : null;

    private async Task<(Opened? Opened, string? Problem)> LoginAsync(CancellationToken cancellationToken)
    {
        string? missing = null;
        var body = session.Body.ValueKind == JsonValueKind.Undefined ? default : JsonLists.Write(writer => Write(writer, session.Body, ref missing));
        if (missing is not null)
        {
            return (null, names.Missing(missing).Problem);
        }

        var isForm = session.ContentType.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);
        var result = await client.SendAsync(
            new HttpRequestSpec
            {
                Method = session.Method,
                Address = new Uri(client.ApiAddress.AbsoluteUri.TrimEnd('/') + "/" + session.Path.TrimStart('/')),
                Headers = [new("Accept", "application/json")],
                Body = body.ValueKind == JsonValueKind.Undefined ? null : Encoding.UTF8.GetBytes(isForm ? Form(body) : body.GetRawText()),
                BodyType = session.ContentType,
                KeepHeaders = true,
            },
            cancellationToken);
        return Read(result);
    }

    private (Opened? Opened, string? Problem) Read(HttpResult result)
    {
        if (result is not HttpReply { IsSuccess: true } reply)
        {
            return (null, $"Backend {client.Options.Name}: the login was refused: {(result is HttpReply refused ? $"the API answered {refused.Status}" : ((TransportFailure)result).Text)}.");
        }

        var answer = PlatformClient.ValueOf(reply);
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var (header, template) in session.Inject)
        {
            if (Filled(template, answer) is not { } value)
            {
                return (null, $"Backend {client.Options.Name}: the login's answer does not hold what {header} needs.");
            }

            headers.Add(new(header, value));
        }

        return (new Opened(headers, SessionCookies.None.After(reply, time.GetUtcNow()), time.GetUtcNow() + Lifetime), null);
    }

    private string? Filled(string template, JsonElement answer)
    {
        foreach (var (name, path) in session.Extract)
        {
            if (!template.Contains($"{{{{{name}}}}}", StringComparison.Ordinal))
            {
                continue;
            }

            if (answer.ValueKind == JsonValueKind.Undefined || !JsonPath.TryParse(path, out var parsed) || !parsed.TryFind(answer, out var value) || ArgumentText.TryRead(value) is not { } text || HeaderText.Problem(text) is not null)
            {
                return null;
            }

            names.Learn(text);
            template = template.Replace($"{{{{{name}}}}}", text, StringComparison.Ordinal);
        }

        return template;
    }

    // What a key or a value says is a credential is put in, at any depth.
    private void Write(Utf8JsonWriter writer, JsonElement value, ref string? missing, string field = "")
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in value.EnumerateObject())
                {
                    var isNamed = property.Name.EndsWith(Ending, StringComparison.Ordinal) && property.Value.ValueKind == JsonValueKind.String;
                    writer.WritePropertyName(isNamed ? property.Name[..^Ending.Length] : property.Name);
                    if (isNamed)
                    {
                        WriteCredential(writer, property.Name[..^Ending.Length], property.Value.GetString()!, ref missing);
                    }
                    else
                    {
                        Write(writer, property.Value, ref missing, property.Name);
                    }
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item, ref missing);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String when value.GetString()!.StartsWith(Mark, StringComparison.Ordinal):
                WriteCredential(writer, field, value.GetString()![Mark.Length..], ref missing);
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    // The settings' user and password are a login's where its fields can only be these.
    private void WriteCredential(Utf8JsonWriter writer, string field, string name, ref string? missing)
    {
        var value = Says(field, "pass", "pwd") ? names.Password(name) : Says(field, "user", "login", "account", "mail") ? names.User(name) : names.ByName(name);
        missing ??= value is null ? name : null;
        writer.WriteStringValue(value ?? "");
    }

    private static bool Says(string field, params IReadOnlyList<string> words) => words.Any(word => field.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static string Form(JsonElement body) => string.Join('&', body.EnumerateObject()
        .SelectMany(static property => BracketText.Form(property.Name, property.Value) ?? [])
        .Select(static pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));

    private sealed record Opened(IReadOnlyList<KeyValuePair<string, string>> Injected, SessionCookies Cookies, DateTimeOffset Ends)
    {
        // A cookie that the file itself injects is not displaced.
        public CallCredential Credential { get; } = new(
            Cookies.Header is { } header && !Injected.Any(static own => own.Key.Equals("Cookie", StringComparison.OrdinalIgnoreCase)) ? [.. Injected, new("Cookie", header)] : Injected, []);

        public override string ToString() => "***";
    }
}
