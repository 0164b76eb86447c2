*** Settings ***
Documentation    The module's own backup: a consistent copy of its store; and its restore where REPOSITORY names one.
Resource         node.resource

*** Variables ***
${REPOSITORY}    ${EMPTY}    # UUID of a backup destination that holds a backup of this module
${REPOSITORY_PATH}    ${EMPTY}    # backup-monitor/<module uuid> in it
${RESTORE_NODE}    1    # where the copy is made

*** Test Cases ***
The store is copied while the service runs
    Run as the module    module-dump-state
    ${mode} =    Run as the module    stat -c %a store-copy/backup-monitor.db
    Should Be Equal    ${mode}    600
    ${files} =    Run as the module    ls store-copy
    Should Be Equal    ${files}    backup-monitor.db
    The service should be    active

The copy is removed afterwards
    Run as the module    module-cleanup-state
    ${out}    ${rc} =    Execute Command    runagent -m ${MODULE_ID} test -e store-copy    return_rc=True
    Should Not Be Equal As Integers    ${rc}    0

A restored instance holds its mail while its original lives
    Skip If    $REPOSITORY == ''    No backup was named: -v REPOSITORY:<uuid> -v REPOSITORY_PATH:backup-monitor/<uuid>
    ${original} =    Set Variable    ${MODULE_ID}
    ${out}    ${err}    ${rc} =    Execute Command
    ...    api-cli run restore-module --data '{"repository":"${REPOSITORY}","path":"${REPOSITORY_PATH}","snapshot":"","node":${RESTORE_NODE},"replace":false}'
    ...    return_stderr=True    return_rc=True
    Should Be Equal As Integers    ${rc}    0    restore-module failed: ${err}${out}
    ${answer} =    Evaluate    json.loads($out)    modules=json
    VAR    ${MODULE_ID}    ${answer['module_id']}    scope=SUITE
    The service should be    active
    ${configuration} =    Run the action    get-configuration
    Execute Command    remove-module --no-preserve ${MODULE_ID}
    VAR    ${MODULE_ID}    ${original}    scope=SUITE
    Should Be Equal    ${configuration['mail']}    held
