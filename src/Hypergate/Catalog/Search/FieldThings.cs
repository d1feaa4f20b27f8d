namespace Hypergate.Catalog.Search;

/// <summary>
/// The things of the field, a line for each: what engineers, vendors and users of three languages call it. A word may stand in
/// several lines. Written without accents, as <see cref="SearchText"/> leaves words.
/// </summary>
internal static class FieldThings
{
    public const string Lines = """
        vm: vm, guest, virtual machine, virtual server, instance, qemu, kvm, domu, workload, machine virtuelle, machines virtuelles, invite, virtuelle maschine, virtuellen maschine, virtuellen maschinen, virtueller server, maschine, maschinen, gast, gaste, gastsystem, machine, machines, web server, mail server, file server, database server, db server, application server, app server, print server, game server, build server, test server, test machine, linux server, windows server, windows machine, linux machine, desktop, virtualised server, serveur web, serveur virtuel, webserver, mailserver, dateiserver, testmaschine, rechner, fresh server, new server, vms
        container: container, lxc, ct, conteneur, conteneurs
        host: host, node, hypervisor, physical server, physical machine, bare metal, server, blade, hote, noeud, hyperviseur, serveur, serveurs, serveur physique, knoten, wirt, hostsystem, physischer server
        connection: server, xcp connection, server connection, xapi connection, connexion, verbindung, pool connection, registered
        storage: storage, sr, storage repository, datastore, data store, nas, san, share, lun, stockage, depot de stockage, magasin de donnees, speicher, datenspeicher, datastores, storages, ablage, disk array, array, storage array, backend storage, baie, baie de stockage, espace de stockage, nfs share, iscsi target, filer
        disk: disk, vdi, volume, drive, hard drive, hard disk, virtual disk, hdd, ssd, disk image, disque, disques, disque dur, disque virtuel, volumes, festplatte, festplatten, platte, platten, laufwerk, datentrager
        block: vbd, block device, disk attachment, peripherique bloc, blockgerat
        snapshot: snapshot, checkpoint, restore point, point in time, instantane, instantanes, cliche, point de restauration, schnappschuss, schnappschusse, momentaufnahme, momentaufnahmen, sicherungspunkt
        backup: safety copy, sicherheitskopie, copie de securite, backup, back up, backed up, backing up, vzdump, sauvegarde, sauvegarder, sauvegardes, sauvegardee, sauvegardees, sicherung, sicherungen, datensicherung, sichern, gesichert
        archive: archive, backup file, backup archive, archives, archiv, archive de sauvegarde, restorable, can be restored, available for restore, restaurables, wiederherstellbar, wiederherstellbare, available backups, existing backups, sauvegardes disponibles, sauvegardes existantes, vorhandene sicherungen, vorhandene backups, restorable backups
        backuprepo: backup repository, backup target, backup store, backup location, backup destination, backup remote, remote, depot de sauvegarde, cible de sauvegarde, sicherungsziel, backupziel, backup speicher, backup repositories
        restorelog: restore log, restore history, restoration, restored, restaurations, wiederherstellungen
        pool: pool, cluster, datacenter, data center, data centre, resource pool, grappe, grappe de serveurs, centre de donnees, verbund, rechenzentrum, ressourcenpool
        network: network, lan, subnet, vlan, bridge, switch, reseau, reseaux, sous reseau, netzwerk, netzwerke, netz, teilnetz, vlans, port group, portgroup, segment, netzwerksegment
        nic: mac, mac address, adresse mac, mac adresse, vif, pif, nic, interface, network card, network interface, network adapter, network device, adapter, ethernet, netif, iface, carte reseau, cartes reseau, interface reseau, netzwerkkarte, netzwerkkarten, netzwerkadapter, schnittstelle, netzwerkschnittstelle
        vif: vif, virtual nic, virtual network card, virtual interface, vm interface, vm network card, nic of a vm
        pif: pif, physical nic, physical interface, physical network card, host interface, host nic, uplink, interface physique
        task: task, running operation, progress, background work, tache, taches, aufgabe, aufgaben, vorgang, vorgange, running operations, job, jobs, activity, activities, operation in progress, travaux, activite, activites, lauft, auftrag, auftrage
        job: job, jobs, travail, travaux, tache planifiee, auftrag, auftrage, plan
        schedule: time plan, how often, wie oft, nachts, every night, each night, every day, prochaine, nachste, schedule, timetable, timer, cron, planned run, planning, planification, calendrier, horaire, planifie, planifiee, planifiees, zeitplan, zeitplane, terminplan, geplant, geplante, when, nightly, daily, weekly, quand, chaque nuit, wann, nachtlich, nachtliche
        alarm: incident, incidents, storung, storungen, vorfall, vorfalle, panne, pannes, alarm, alert, warning, problem, trouble, alarme, alarmes, alerte, alertes, avertissement, alarme, warnung, warnungen, problem, probleme
        message: message, event, evenement, evenements, messages, nachricht, nachrichten, ereignis, ereignisse, meldung, meldungen
        log: finished, completed, complete, ended, done, termine, terminee, fertig, beendet, abgeschlossen, durchgelaufen, ran, audit, records, activity log, log, journal, syslog, logfile, history, audit trail, recent entry, output, journaux, historique, protokoll, protokolle, verlauf, logs, trace, traces, diagnostic, diagnostics, diagnosis, download the logs, download logs, collect logs, journal systeme, systemprotokoll, succeed, succeeded, successful, outcome, result, results, erfolgreich, gelungen, reussi, reussie, resultat, ergebnis
        user: zugangsdaten, user, account, login, colleague, employee, coworker, staff, collegue, kollege, kollegin, mitarbeiter, person, people, utilisateur, utilisateurs, compte, comptes, benutzer, nutzer, konto, konten, benutzerkonto, anwender, logins, username, operator account, identifiant, identifiants, zugang, zugange, anmeldung
        group: group, team, groupe, groupes, equipe, gruppe, gruppen
        member: who is in, qui fait partie, wer ist in, zugehorigkeit, member, membership, belong, membre, membres, mitglied, mitglieder
        role: role, roles, rolle, rollen
        permission: rights, access, acces, zugriff, permission, privilege, right, acl, access right, access control, access list, allowed to do, droit, droits, permissions, privileges, recht, rechte, berechtigung, berechtigungen, zugriffsrecht, zugriffsrechte, may, entitled, authorised, authorized, authorization, authorisation, entitlement, autorisation, autorisations, habilitation, darf, durfen, befugnis, befugnisse
        token: token, api key, api token, access token, authentication token, jeton, jetons, cle api, cle d api, zugangstoken, api schlussel
        password: password, passwd, passphrase, mot de passe, mots de passe, passwort, kennwort
        patch: patch, hotfix, security fix, security update, update, upgrade, correctif, correctifs, mise a jour, mises a jour, aktualisierung, aktualisierungen, patches, updates, apt, apt update, security patch, outdated, patch level, fix, fixes, security fixes, vulnerabilities, vulnerability, missing updates, pending updates, sicherheitsupdate, sicherheitsupdates, failles
        statistics: bandwidth, traffic, iops, latency, figures, bande passante, debit, latence, bandbreite, durchsatz, datenverkehr, kennzahlen, uptime history, statistic, stats, metric, performance, rrd, rrddata, usage, utilization, utilisation, graph, load, consumption, throughput, statistique, statistiques, consommation, charge, statistik, statistiken, leistung, leistungsdaten, auslastung, verbrauch, nutzung, over time, trend, last hour, last week, au fil du temps, uber die zeit, zeitverlauf, busy, loaded, overloaded, eat, eating, hog, hogging, consume, consuming, guzzle, verbraucht, frisst, consomme, idle, bottleneck, heavy, hungry, occupe, surcharge, ausgelastet, uberlastet, slow, histogram, chart, curve, courbe, diagramm
        template: template, golden image, blueprint, modele, modeles, gabarit, vorlage, vorlagen
        tag: keyword, marker, mot cle, stichwort, tag, label, etiquette, etiquettes, etikett, markierung, schlagwort, marquer
        config: notes, comment, hostname, specs, specification, kommentar, notiz, notizen, commentaire, caracteristiques, config, configuration, setting, option, property, properties, parametre, parametres, reglage, reglages, einstellung, einstellungen, konfiguration, option, optionen
        status: uptime, kernel, alive, online, offline, state of, en ligne, en marche, laufzeit, gestartet, status, state, health, current, condition, etat, statut, sante, zustand, gesundheit, status, healthy, ok, working, en bonne sante, gesund, warning, reachable, erreichbar, in ordnung
        firewall: firewall, packet filter, pare feu, parefeu, brandmauer
        rule: rule, policy, regle, regles, regel, regeln
        securitygroup: security group, groupe de securite, sicherheitsgruppe
        certificate: certificate, cert, tls, ssl, https, certificat, certificats, zertifikat, zertifikate
        acme: acme, let s encrypt, letsencrypt, lets encrypt
        time: ntp, clock skew, chrony, time, clock, timezone, time zone, heure, fuseau horaire, horloge, uhrzeit, zeitzone, uhr
        dns: dns, name server, nameserver, resolver, search domain, serveur de noms, serveurs dns, namensserver
        ip: ips, ipv4, ipv6, ip addresses, ip, ip address, address, adresse, adresse ip, adresses ip, ipadresse, ip adresse, network get interfaces
        gpu: gpu, pgpu, vgpu, graphics card, video card, graphics, carte graphique, cartes graphiques, grafikkarte, grafikkarten
        pci: pci, pci device, passthrough, pcie, peripherique pci
        device: device, peripherique, peripheriques, gerat, gerate
        iso: dvds, boot medium, install disc, iso, image, cd, dvd, installation image, iso image, image iso, iso files, installation media, install media, support d installation, installationsmedium
        cpu: cpu, processor, vcpu, core, cpu time, processor time, cpu cycles, processeur, processeurs, coeur, prozessor, prozessoren, kern, kerne, cpus, vcpus, cores, coeurs, cpu cores
        smt: smt, hyperthreading, hyper threading, multithreading, threads per core, thread
        memory: memory, ram, memoire, arbeitsspeicher, hauptspeicher
        ha: ha, high availability, failover, haute disponibilite, hochverfugbarkeit, ausfallsicherheit, highly available, ausfallsicher, hochverfugbar, hautement disponible
        replication: replication, replicate, replica, replizierung, replikation, repliquer
        osd: osd, ceph disk, object storage daemon
        mon: mon, ceph monitor, monitor
        zfs: zfs, zpool
        lvm: lvm, volume group, logical volume, groupe de volumes
        package: package, software, paquet, paquets, logiciel, paket, pakete
        repository: repository, repo, depot, depots, paketquelle, paketquellen
        dom0: dom0, control domain, vm controller, controller, domaine de controle
        driver: driver, sm, storage driver, storage manager, backend type, pilote, treiber
        pbd: pbd, storage connection, storage attachment
        bond: bond, lacp, link aggregation, nic teaming, aggregation, agregation, bundelung, bundel
        management: management, administration, verwaltung, gestion
        toolstack: toolstack, xapi, management stack, management agent, management software
        subscription: subscription, license, licence, support contract, support level, support status, vertrag, contrat, abonnement, lizenz, abo
        realm: realm, ldap, active directory, openid, authentication source, authentication server, authentication domain, domaine d authentification, annuaire, verzeichnisdienst, domain, ldap server, auth server
        tfa: tfa, 2fa, two factor, mfa, totp, second factor, multi factor, double authentification, double facteur, zwei faktor, zweiter faktor
        notification: notification, mail, email, e mail, smtp, webhook, gotify, notifications, benachrichtigung, benachrichtigungen, courriel
        service: service, daemon, systemd, dienst, dienste, services
        hardware: usb, usb device, components, bauteile, composants, hardware, materiel, hardwaremapping
        quorum: quorum, corosync, totem, membership
        space: storage left, used, storage usage, platzbedarf, speicherbelegung, occupation, space, capacity, room, full, free space, disk space, espace, capacite, espace disque, espace libre, place, platz, speicherplatz, kapazitat, space left, room left, full up, disk usage, freier speicherplatz, frei, libre, plein, voll, belegt, occupied, used space
        dashboard: how are we doing, executive summary, status report, lage, lagebericht, bilan, point de situation, dashboard, overview, summary, at a glance, big picture, tableau de bord, apercu, vue d ensemble, ubersicht, uberblick, zusammenfassung, gesamtuberblick
        content: content, contents, files on, stored on, iso images, isos, contenu, contenus, inhalt, inhalte
        bulk: bulk, startall, stopall, migrateall, suspendall, all vms, all guests, all containers, all virtual machines, every vm, every guest, every container, toutes les vm, toutes les machines, tous les conteneurs, alle vms, alle gaste, alle container, alle maschinen
        resource: resource, inventory, all objects, ressource, ressourcen, inventaire, inventar, bestand
        vmid: nextid, next id, free id, free vmid, next vmid, unused id, available id, prochain id, nachste id, nachste freie id
        agent: agent, guest agent, guest tools, inside the guest, inside the vm, inside, agent invite, gastagent, qemu agent
        cloudinit: cloudinit, cloud init, cloud config
        mapping: mapping, passthrough mapping, zuordnung
        sdn: sdn, software defined network, overlay
        vnet: vnet, virtual network, reseau virtuel, virtuelles netzwerk
        ipset: ipset, ip set, address list
        smart: smart, disk health, drive health, wear, wearout, sante du disque, sante des disques, festplattenzustand
        physicaldisk: local disk, physical disk, disk, disks, disque local, disques physiques, lokale festplatten, lokale platten
        boot: boot, startup, demarrage, boot order, autostart
        version: which version, up to date, aktuell, release notes, version, release, build, versions
        web: gui, web interface, web ui, interface web, weboberflache
        datasource: data source, performance counter, metric source, source de donnees, datenquelle
        metricserver: metric server, influxdb, graphite, external metric, serveur de metriques
        nag: terms of service, tos
        hostsfile: etc hosts, hosts file, fichier hosts, hostsdatei
        proxy: proxy, proxies, backup proxy
        internal: internal, private, isolated, host only, interne, prive, intern, internes, isoliert, privat
        failed: crash, crashed, crashes, broken, unsuccessful, abgebrochen, abgesturzt, kaputt, planter, tombe, en panne, fail, failed, failing, failure, error, went wrong, broke, echec, echoue, erreur, erreurs, fehler, fehlgeschlagen, gescheitert
        missing: missing, lack, pending, outstanding, needed, not installed, available, manquant, manquants, manquante, disponible, disponibles, fehlend, fehlende, ausstehend, ausstehende, verfugbar, verfugbare, fehlen
        notcovered: not backed up, without backup, no backup, not covered, unprotected, not in any backup, sans sauvegarde, pas sauvegardees, ne sont pas sauvegardees, ohne sicherung, ohne backup, nicht gesichert, nicht gesicherten
        everything: everything, anything, all systems, infrastructure, environment, estate, overall, tout, alles, umgebung, infrastruktur, gesamtsystem
        most: most, busiest, biggest, largest, highest, top, worst, heaviest, hungriest, le plus, la plus, les plus, meiste, meisten, grosste, grossten, hochste
        amount: gb, gib, tb, tib, mb, mib, gig, gigs, giga, gigabyte, gigabytes, terabyte, terabytes, gigaoctets, gigaoctet, teraoctets
        """;

    /// <summary>What people mean by words that descriptions use for something else.</summary>
    public const string Spoken = """
        vm: server, servers, serveur, serveurs, system, systems, systeme, box, computer, ordinateur, computer, appliance
        host: box, computer, hardware, blech
        """;
}
