using System.Text.Json;
using Hypergate.Backends.Http;
using Hypergate.Descriptions.ProxmoxApi;
using Hypergate.Model;

namespace Hypergate.Backends.Proxmox;

/// <summary>Proxmox VE, by the JSON API that every node serves for the whole cluster.</summary>
internal static class ProxmoxKind
{
    public static BackendKind Kind { get; } = new()
    {
        Settings = ProxmoxAuth.Settings,
        Title = "Proxmox VE",
        OtherNames = "PVE",
        ToolPrefix = "pve",
        Words = new PlatformWords { Server = "Proxmox VE", AddressSetting = "PVE_URL (usually https://HOST:8006)" },
        DescriptionPath = "/pve-docs/api-viewer/apidoc.js",
        DescriptionIsPublic = true,
        Description = ProxmoxDescription.Rules,
        ReadDescription = ProxmoxApiReader.Read,
        Version = new VersionRules("/version", static value => ProxmoxValue.Text(value, "version")),
        CredentialHeaders = ProxmoxAuth.Headers,
        Session = ProxmoxSession.Rules,
        ReadError = ProxmoxErrors.Read,
        StatusOf = ProxmoxErrors.StatusOf,
        Unwrap = ProxmoxValue.Unwrap,
        ValuePath = "$.data",
        BodyType = ProxmoxForm.FormType,
        Encoding = new ArgumentEncoding { Body = ProxmoxForm.Of, Defaults = ProxmoxForm.Defaults, QueryValue = ProxmoxForm.QueryValue },
        Refusal = ProxmoxForm.Problem,
        IsOfThisNode = static reply => reply.Status is 595 or 596,

        // A node closes what is idle for five seconds.
        IdleTimeLimit = TimeSpan.FromSeconds(4),
        AccessOf = ProxmoxEscalation.OfCall,
        Jobs = ProxmoxTasks.Rules,
        Misfire = ProxmoxTasks.Misfire,
        Empty = new EmptyRules("/access/permissions", ProxmoxVisibility.Explain),
        Subjects = ProxmoxSubjects.Rules,
        Objects = ProxmoxObjects.Rules,
        Summary = ProxmoxSummary.Rules,
        Identity = new IdentityRules("get_access_permissions", JsonElement.Parse("{}"), ProxmoxRights.Describe),
        Redaction = new RedactionRules
        {
            Hidden =
            [
                "password", "cipassword", "secret", "token", "ticket", "CSRFPreventionToken", "PVEAuthCookie", "encryption-key",
                "master-pubkey", "private-key", "keyring", "apikey", "client-key", "otp", "tokenSecret", "authkey",
            ],
            HiddenUnlessAsked = ["sshkeys"],
            Addresses = ["url"],
            Credentials = [new CredentialObject("value", ["full-tokenid"])],
        },
    };
}
