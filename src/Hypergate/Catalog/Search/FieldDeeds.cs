namespace Hypergate.Catalog.Search;

/// <summary>What people want done, a line for each wish, and how each of three languages says it. Written like <see cref="FieldThings"/>.</summary>
internal static class FieldDeeds
{
    /// <summary>Wishes that only look; they say nothing of what is looked at.</summary>
    public const string Reading = """
        read: find, search, locate, check, monitor, watch, track, follow, explain, compare, trouver, trouve, chercher, cherche, verifier, verifie, surveiller, finde, finden, suche, suchen, prufe, prufen, uberprufen, uberprufe, tell me, dis moi, sag mir, verrate, uberwachen, list, get, show, display, see, view, read, fetch, retrieve, query, what, which, who, whose, how many, how much, how big, how full, where, when, whether, is there, are there, tell, count, look, look up, know, inspect, details, report, lister, liste, afficher, affiche, affichez, voir, montre, montrer, quel, quelle, quels, quelles, qui, combien, ou sont, ou est, donne, donner, donnez, consulter, connaitre, savoir, anzeigen, anzeige, zeig, zeige, zeigen, auflisten, liste, welche, welcher, welches, welchen, wer, wie viele, wieviele, wie viel, wieviel, wie voll, wie gross, sehen, nachsehen, ansehen, abrufen, abfragen, nenne, gib mir, wo sind, wo ist
        """;

    /// <summary>Wishes that change something.</summary>
    public const string Changing = """
        create: construct, instantiate, set one up, mettre en place, mise en place, aufsetzen, aufbauen, ausrollen, create, add, new, make, build, provision, set up, setup, spin up, deploy, register, post, allocate, generate, define, introduce, onboard, creer, cree, creez, ajouter, ajoute, ajoutez, nouveau, nouvelle, nouvel, nouveaux, deployer, enregistrer, erstellen, erstelle, anlegen, lege, erzeugen, hinzufugen, fuge, neu, neue, neuer, neuen, neues, einrichten, registrieren, bereitstellen, hinzu
        delete: decommission, retire, scrap, nuke, dispose, decommissionner, demanteler, ausmustern, stilllegen, abschaffen, weg, delete, remove, destroy, drop, erase, get rid of, purge, discard, trash, throw away, clean up, supprimer, supprime, supprimez, effacer, detruire, enlever, enleve, retirer, retire, loschen, losche, entfernen, entferne, vernichten, beseitigen, wegwerfen
        update: limit, throttle, cap, correct, raise, lower, reduce, shrink, reserve, allocate more, remplacer, corriger, reduire, baisser, augmenter, begrenzen, verringern, reduzieren, korrigieren, umstellen, update, change, modify, edit, set, alter, adjust, reconfigure, configure, patch, put, tweak, modifier, modifie, modifiez, changer, change, configurer, regler, andern, andere, bearbeiten, bearbeite, anpassen, setzen, setze, konfigurieren, aktualisieren, more, less, plus de, mehr, weniger, double, upsize, downsize, tune, twice, mehr arbeitsspeicher, upgrade
        rename: rename, new name, call it, name label, description, renommer, renomme, umbenennen, benenne, rename
        resize: resize, grow, enlarge, extend, expand, increase, bigger, larger, more space, agrandir, agrandis, redimensionner, etendre, augmenter, vergrossern, vergrossere, erweitern, erhohen, vergroserung
        start: revive, wake up, back to life, get running, back up again, rallumer, rallume, relever, wieder starten, hochziehen, start, boot, power on, power, turn on, switch on, launch, bring up, boot up, fire up, demarrer, demarre, demarrez, allumer, allume, lancer, starten, starte, hochfahren, einschalten, anschalten, booten
        shutdown: spin down, wind down, take down, coupe, couper, arret, herunterzufahren, runterfahren, fahr runter, shutdown, shut down, power, stop, halt, power off, poweroff, turn off, switch off, power down, turn it off, bring down, arreter, arrete, arretez, eteindre, eteins, herunterfahren, herunter, ausschalten, abschalten, stoppen, stoppe, anhalten, fahre
        hard: hard, force, forced, forcibly, forcefully, kill, pull the plug, pull the power, cut power, cut the power, unresponsive, hung, stuck, frozen, immediately, brutal, brutalement, forcer, force, hart, harte, hartes, erzwingen, gewaltsam, sofort, strom abschalten, hang, hangs, hanging, crashed, cut, hangend, hangende, hangt, bloque, bloquee, plante
        clean: clean, cleanly, graceful, gracefully, soft, gently, properly, ordentlich, sauber, proprement, correctement, gracieusement
        emergency: emergency, power outage, power loss, ups, fire, urgence, coupure de courant, notfall, notabschaltung, stromausfall
        reboot: bounce, recycle, turn it off and on, redemarrez, durchstarten, neugestartet, reboot, restart, reset, power cycle, redemarrer, redemarre, relancer, redemarrage, neu starten, neustarten, neustart, starte neu, reboote, rebooten
        pause: pause, freeze, geler, mettre en pause, pausieren, pausiere, einfrieren
        suspend: suspend, hibernate, sleep, suspendre, hiberner, mettre en veille, aussetzen, ruhezustand, suspendieren
        resume: resume, unpause, wake, wake up, continue, unfreeze, thaw, reprendre, reveiller, fortsetzen, aufwecken, weiterlaufen, woken, carry on, continuer
        migrate: different node, different host, different hypervisor, other node, other host, elsewhere, anderswo, woanders, anderen knoten, anderer knoten, anderen host, anderem host, autre noeud, autre hote, ailleurs, vacate, rebalance, balance, basculer, deplacement, schieben, schiebe, umzug, transferieren, migrate, migration, move, relocate, vmotion, live migration, transfer, shift, migrer, deplacer, deplace, transferer, migrieren, migriere, verschieben, verschiebe, umziehen, verlagern, verlege, evacuate, evacuer, evakuieren
        evacuate: evacuate, drain, empty, maintenance, move everything off, vider, evacuer, evakuieren, leeren, raumen, wartung, wartungsmodus, free up, clear, replace, maintenance window
        clone: clone, copy, duplicate, cloner, clone, copier, copie, dupliquer, klonen, klone, kopieren, kopiere, kopie, duplizieren
        revert: reset to, go back to, wind back, revenir en arriere, annuler, ruckgangig, zuruckkehren, revert, rollback, roll back, go back, undo, return to, bring back, restore, recover, restaurer, restaure, revenir, retablir, annuler les changements, zurucksetzen, zurucksetze, zuruckrollen, wiederherstellen, wiederherstelle, zuruck
        take: take, make, prendre, prends, faire, fais, machen, mache, anfertigen
        scan: scan, rescan, refresh, discover, detect, look for new, analyser, scanner, detecter, rafraichir, einlesen, neu einlesen, scannen, erkennen, durchsuchen, newly added, look for newly, look for, new luns, rechercher, suchen nach neuen
        plug: plug, attach, connect, mount, hook up, hot plug, hotplug, link, brancher, branche, attacher, attache, connecter, connecte, rattacher, monter, anschliessen, verbinden, verbinde, anhangen, einhangen, einstecken, reconnect, replug, reconnecter, wieder verbinden
        unplug: unplug, detach, disconnect, eject, unmount, unlink, debrancher, detacher, detache, deconnecter, demonter, trennen, trenne, abhangen, aushangen, abklemmen, ausstecken
        enable: back in service, back into service, reinstate, remettre en service, wieder in betrieb, entsperren, enable, activate, allow, switch on again, end maintenance, out of maintenance, leave maintenance, activer, reactiver, aktivieren, freigeben, zulassen, turn, switch on, turn on
        disable: lock, lock out, block, ban, suspend account, quarantine, bloquer, verrouiller, blockieren, stilllegen, disable, deactivate, maintenance, maintenance mode, keep off, no new vms, desactiver, en maintenance, deaktivieren, wartung, wartungsmodus, sperren, turn, switch off, turn off
        abort: abort, cancel, interrupt, stop, kill, annuler, annule, interrompre, abandonner, abbrechen, abbreche, breche, stornieren, unterbrechen, stoppen, terminate, give up, stop running, stopper, beenden
        forget: forget, unregister, deregister, oublier, vergessen, abmelden
        detachhost: eject, detach, take out, leave, kick out, remove from, retirer, sortir, herausnehmen, aus dem pool nehmen, kick, expel, exclure
        run: kick off, now, immediately run, fire, jetzt starten, lance maintenant, run, execute, trigger, launch, start, run now, schedule now, lancer, lance, executer, execute, declencher, ausfuhren, fuhre, auslosen, anstossen
        exec: exec, execute, run command, run a command, shell command, command, executer une commande, commande, befehl, kommando, befehl ausfuhren
        test: test, ping, respond, responding, alive, answering, repond, antwortet, verify, check, validate, reachable, works, precondition, possible, tester, teste, verifier, verifie, testen, teste, prufen, prufe, erreichbar
        benchmark: benchmark, speed, speed test, fast, slow, measure, performance test, vitesse, mesurer, geschwindigkeit, messen, schnell
        grant: hand out, permit, authorise, authorize, give rights, donner acces, zugriff geben, einraumen, grant, give, assign, attach, allow, donner, donne, attribuer, assigner, accorder, zuweisen, vergeben, geben, gib, erteilen, let, autoriser, erlauben, berechtigen
        revoke: remove access, take back, strip of, oter, abziehen, abnehmen, revoke, take away, withdraw, detach, strip, retirer, revoquer, entziehen, wegnehmen, widerrufen, invalidate, blacklist, annuler, sperren
        join: join, add to, become member, rejoindre, integrer, beitreten, aufnehmen, another host, another hypervisor, another node, into the cluster, into the pool
        reclaim: unused blocks, unused space, discard, ungenutzte blocke, blocs inutilises, free up space, release space, zuruckgeben, platz freigeben, reclaim, trim, unmap, free blocks, give back, freed, reclaim space, recuperer, liberer, recuperer l espace, freigeben, zuruckgewinnen
        prune: prune, old, retention, clean up old, rotate, purger, anciennes, ancien, bereinigen, alte, alten, aufraumen
        rolling: rolling, one by one, one after the other, without downtime, all hosts, un par un, sans interruption, nacheinander, ohne ausfall, rollierend
        install: install, upgrade, apply, roll out, installer, appliquer, installieren, einspielen, anwenden
        apply: apply, reload, activate, commit, roll out, push, appliquer, recharger, anwenden, neu laden, ubernehmen
        download: download, fetch from url, telecharger, telecharge, herunterladen, lade
        upload: upload, televerser, envoyer, hochladen
        sync: sync, synchronize, synchronise, resynchronize, synchroniser, synchronisieren, abgleichen, abgleich
        wipe: wipe, format, initialize, erase, formater, initialiser, formatieren, initialisieren
        unlock: unlock, locked, deverrouiller, entsperren, freischalten
        renew: replace certificate, prolonger, rotate, renew, order, renouveler, commander, erneuern, verlangern, bestellen
        convert: convert, turn into, transform, convertir, transformer, umwandeln, konvertieren, verwandeln, turn, become
        wakeonlan: wake on lan, wakeonlan, wol, wake
        """;

    /// <summary>Words that carry no wish and name no thing.</summary>
    public const string Fillers = """
        a an the of to in on at for from by with into onto out off over under and or but as is are was were be been being do does did done can could may might
        shall should will would must have has had i me my we our us you your he she it its they them their this that these those there here please so if then than
        up down any some such no not only just also still yet already right now how why let want need like would help able use using via about per each other another one two
        le la les un une des du de d l au aux et ou en dans sur sous par pour avec sans ce cet cette ces mon ma mes notre nos votre vos son sa ses leur leurs je tu il elle
        on nous vous ils elles est sont etre ete a ai as avons avez ont y que qu dont se s ne pas plus moins tres bien comment pourquoi peux peut puis veux voudrais faut
        actuellement maintenant deja encore
        der die das den dem des ein eine einer eines einem einen und oder aber in im ins an am auf aus bei beim mit von vom zu zum zur fur uber unter nach vor durch um
        ich du er sie es wir ihr mein meine meiner meinen unser unsere unserer dein ist sind war waren sein wird werden wurde hat haben hatte kann konnen konnte soll
        sollen mochte will wollen muss mussen bitte nicht kein keine keinen auch noch schon nur gerade jetzt wie was warum dass wenn ab mir mich uns sich man gibt es
        currently existing certain specific given named called all every everything anything tous toutes tout alle aller allen samtliche now
        """;

    /// <summary>Words that begin what tells why or when.</summary>
    public const string Circumstances = "without ohne sans instead rather statt plutot before because whether until since while prior bevor weil damit ehe avant parce afin car";

    /// <summary>Words with which a question begins that wants to know something.</summary>
    public const string Inquiries = "is are was were does did has have why warum wieso weshalb ist sind war waren hat haben lauft laufen gibt pourquoi est sont";

    /// <summary>Words that ask for more than one.</summary>
    public const string Many = "all every list which many who any each alle aller allen welche welchen liste auflisten wer viele quels quelles lister tous toutes combien qui";

    /// <summary>Wishes after which something is gone, or no longer where it was.</summary>
    public const string Deleting = "#delete #forget #revoke #unplug #prune #abort #detachhost #disable #wipe #revert";

    /// <summary>Things whose name is a wish where a question begins with it: "snapshot the VM", but not "snapshot list".</summary>
    public const string NounsAsWishes = "sauvegarde sauvegarder sauvegardez sichere sichern snapshot checkpoint backup tag label patch replicate mirror archive clone copy sync";
}
