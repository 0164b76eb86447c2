*** Settings ***
Documentation    remove-module leaves nothing: no user, no process, no key.
Resource         node.resource

*** Test Cases ***
The module is removed
    ${out}    ${err}    ${rc} =    Execute Command    remove-module --no-preserve ${MODULE_ID}
    ...    return_stderr=True    return_rc=True
    Should Be Equal As Integers    ${rc}    0    remove-module failed: ${err}

Its user is gone
    ${rc} =    Execute Command    id ${MODULE_ID}    return_rc=True    return_stdout=False
    Should Not Be Equal As Integers    ${rc}    0

Its keys are gone
    ${keys} =    Execute Command    redis-cli --raw KEYS 'module/${MODULE_ID}/*'
    Should Be Empty    ${keys}
