using System.Text.Json;
using System.Text.RegularExpressions;
using Hypergate.Schemas;

namespace Hypergate.Descriptions.Dadl;

/// <summary>Reads how the backend is convinced.</summary>
internal static partial class DadlAuthReader
{
    private static readonly string[] BearerKeys = ["type", "credential", "inject_into", "header_name", "prefix", "query_param"];
    private static readonly string[] BasicKeys = ["type", "username_credential", "password_credential"];
    private static readonly string[] SessionKeys = ["type", "login", "inject", "refresh"];

    private static readonly string[] OAuthKeys =
    [
        "type", "flow", "token_url", "authorize_url", "client_id_credential", "client_secret_credential", "refresh_token_credential", "rotates_refresh_token", "authorization_params",
        "redirect_uri", "token_auth", "service_account_credential", "subject", "scopes", "token_cache_key", "refresh_before_expiry",
    ];

    private static readonly string[] Types = ["bearer", "basic", "apikey", "api_key", "oauth2", "session"];
    private static readonly string[] Flows = ["client_credentials", "refresh_token", "jwt_bearer", "authorization_code"];

    public static DadlAuth Read(DadlSection backend, int version)
    {
        if (backend.Map("auth") is not { } auth)
        {
            backend.Fault(DadlRules.RequiredKey, "", "auth is missing; an API that everybody may read has type: bearer, credential: none");
            return new DadlAuth();
        }

        if (auth.Text("type") is not { } type)
        {
            auth.Fault(DadlRules.RequiredKey, "", $"type is missing: {string.Join(", ", Types)}");
            return new DadlAuth();
        }

        switch (type)
        {
            case "bearer":
                auth.Know(BearerKeys);
                return Key(auth, DadlAuthKind.Bearer, "Authorization", "Bearer ", version);
            case "apikey" or "api_key":
                auth.Know(BearerKeys);
                return Key(auth, DadlAuthKind.ApiKey, "X-API-Key", "", version);
            case "basic":
                auth.Know(BasicKeys);
                Need(auth, "username_credential");
                return new DadlAuth { Kind = DadlAuthKind.Basic, Credential = auth.Text("username_credential") ?? DadlAuth.NoCredential, Password = auth.Text("password_credential"), Header = "Authorization" };
            case "oauth2":
                auth.Know(OAuthKeys);
                return OAuth(auth);
            case "session":
                auth.Know(SessionKeys);
                return new DadlAuth { Kind = DadlAuthKind.Session, Session = Session(auth) };
            default:
                auth.Fault(DadlRules.ClosedValue, "type", DadlFaults.WithNearest($"{DadlFaults.Quoted(type)} is not one of {string.Join(", ", Types)}", type, Types));
                return new DadlAuth();
        }
    }

    private static DadlAuth Key(DadlSection auth, DadlAuthKind kind, string header, string prefix, int version)
    {
        Need(auth, "credential");
        var isQuery = auth.Choice("inject_into", DadlRules.WrongType, "header", "query") == "query";
        if (isQuery && auth.Text("query_param") is null)
        {
            auth.Fault(DadlRules.QueryParam, "inject_into", "query_param is needed beside inject_into: query", isMild: version < 2);
        }

        if (auth.Text("header_name") is { } named)
        {
            DadlHeaders.Check(auth, "header_name", named);
        }

        return new DadlAuth
        {
            Kind = kind,
            Credential = auth.Text("credential") ?? DadlAuth.NoCredential,
            Header = isQuery ? null : auth.Text("header_name") ?? header,
            Query = isQuery ? auth.Text("query_param") ?? "api_key" : null,
            Prefix = PrefixOf(auth) ?? (isQuery ? "" : prefix),
        };
    }

    // An empty prefix is one.
    private static string? PrefixOf(DadlSection auth) => auth.Node.Find("prefix") is DadlNode.Scalar scalar ? scalar.Text : null;

    private static DadlAuth OAuth(DadlSection auth)
    {
        var flow = auth.Choice("flow", DadlRules.ClosedValue, Flows) switch
        {
            "refresh_token" => DadlFlow.RefreshToken,
            "jwt_bearer" => DadlFlow.JwtBearer,
            "authorization_code" => DadlFlow.AuthorizationCode,
            _ => DadlFlow.ClientCredentials,
        };
        foreach (var key in NeededBy(flow))
        {
            Need(auth, key);
        }

        return new DadlAuth
        {
            Kind = DadlAuthKind.OAuth2,
            Credential = auth.Text("client_id_credential") ?? auth.Text("service_account_credential") ?? DadlAuth.NoCredential,
            Header = "Authorization",
            Prefix = "Bearer ",
            OAuth = new DadlOAuth
            {
                Flow = flow,
                TokenUrl = auth.Text("token_url"),
                AuthorizeUrl = auth.Text("authorize_url"),
                ClientId = auth.Text("client_id_credential"),
                ClientSecret = auth.Text("client_secret_credential"),
                RefreshToken = auth.Text("refresh_token_credential"),
                RotatesRefreshToken = auth.Flag("rotates_refresh_token") ?? false,
                UsesBasic = auth.Choice("token_auth", DadlRules.WrongType, "post", "basic") == "basic",
                ServiceAccount = auth.Text("service_account_credential"),
                Subject = auth.Text("subject"),
                Scopes = auth.Texts("scopes"),
                AuthorizationParameters = auth.Pairs("authorization_params"),
                RedirectUri = auth.Text("redirect_uri"),
                CacheKey = auth.Text("token_cache_key") ?? "",
                RenewBefore = auth.Duration("refresh_before_expiry") ?? TimeSpan.FromSeconds(30),
            },
        };
    }

    private static string[] NeededBy(DadlFlow flow) => flow switch
    {
        DadlFlow.ClientCredentials => ["token_url", "client_id_credential", "client_secret_credential"],
        DadlFlow.RefreshToken => ["token_url", "client_id_credential", "refresh_token_credential"],
        DadlFlow.JwtBearer => ["service_account_credential"],
        _ => ["token_url", "authorize_url", "client_id_credential", "refresh_token_credential"],
    };

    private static DadlSession Session(DadlSection auth)
    {
        Need(auth, "login");
        var login = auth.Map("login");
        login?.Know("method", "path", "body", "extract", "content_type");
        if (login is not null && login.Text("path") is null)
        {
            login.Fault(DadlRules.RequiredKey, "", "path is missing");
        }

        if (login?.Text("method") is { } method && method.ToUpperInvariant() is not ("GET" or "POST" or "PUT" or "PATCH" or "DELETE"))
        {
            login.Fault(DadlRules.WrongType, "method", $"{DadlFaults.Quoted(method)} is not a method");
        }

        auth.Map("refresh")?.Know("trigger", "action");
        var extract = login?.Pairs("extract") ?? [];
        foreach (var (name, path) in extract.Where(static pair => !JsonPath.TryParse(pair.Value, out _)))
        {
            login!.FaultOf(name, DadlRules.Path, "extract", $"{DadlFaults.Quoted(path)} of {name} is not a path such as $.token");
        }

        return new DadlSession
        {
            Method = login?.Text("method")?.ToUpperInvariant() ?? "POST",
            Path = login?.Text("path") ?? "/",
            Body = login?.Find("body") is { } body ? DadlJson.Of(body) : default(JsonElement),
            ContentType = login?.Text("content_type") ?? Model.RequestBody.Json,
            Extract = extract,
            Inject = Inject(auth, extract),
            RenewsOn401 = auth.Map("refresh")?.Text("trigger") == "status_code_401",
        };
    }

    private static List<KeyValuePair<string, string>> Inject(DadlSection auth, IReadOnlyList<KeyValuePair<string, string>> extract)
    {
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var (index, item) in auth.Items("inject").Index())
        {
            if (item is DadlNode.Mapping map && map.Find("header") is DadlNode.Scalar header && map.Find("value") is DadlNode.Scalar value)
            {
                var entry = new DadlSection(map, auth.At($"inject[{index}]"), auth.Faults);
                entry.Know("header", "value");
                headers.Add(new(header.Text, value.Text));
                DadlHeaders.Check(entry, "header", header.Text, value.Text);
                foreach (var wrong in Filler().Matches(value.Text).Select(static match => match.Groups["name"].Value).Where(name => !extract.Any(known => known.Key == name)))
                {
                    entry.Fault(DadlRules.Unresolved, "value", DadlFaults.WithNearest($"{{{{{wrong}}}}} is not extracted from the answer of the login", wrong, extract.Select(static known => known.Key)));
                }
            }
            else
            {
                auth.Faults.Add(DadlRules.WrongType, auth.At($"inject[{index}]"), item, "each entry is a map with header and value");
            }
        }

        return headers;
    }

    [GeneratedRegex(@"\{\{(?<name>[^{}]*)\}\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Filler();

    private static void Need(DadlSection auth, string key)
    {
        if (!auth.Has(key))
        {
            auth.Fault(DadlRules.RequiredKey, "", key.EndsWith("credential", StringComparison.Ordinal)
                ? $"{key} is missing: a name of your own, under which settings or CREDENTIAL_NAME of the environment hold the value{(key == "credential" ? ", or none where the API asks for nothing" : "")}"
                : $"{key} is missing");
        }
    }
}
